package dev.cairn.vector;

import dev.cairn.checkpoint.DecoderWeights.Layer;
import dev.cairn.kernel.Products;
import dev.cairn.model.BlockPass;
import dev.cairn.model.EncodedChunks;
import dev.cairn.model.Layers;
import dev.cairn.model.RunUp;
import org.jspecify.annotations.Nullable;

/**
 * One document on its way through a pretrained decoder: each block in a pass of its own over
 * prefix, run-up and block, so that it depends on nothing else. Rows go through all layers a few
 * chunks at a time; where a block is cut changes no bit.
 *
 * <p>Axes: T rows, d hidden_size, r retrieval_dim.
 */
final class LayersDocumentPass implements BlockPass {

  private static final int PIECE_TOKENS = 256;

  private final LayersNetwork network;
  private final Layers form;
  private final int pieceTokens;
  private final Activations rows;
  private final DecoderLayer layers;
  private final DocumentText text;
  private final @Nullable LandmarkRows cls;
  private final RunUp before;

  LayersDocumentPass(LayersNetwork network, Products products) {
    this.network = network;
    this.form = network.form();
    this.before = new RunUp(form);
    int chunks = Math.max(1, PIECE_TOKENS / form.chunk().size());
    pieceTokens = chunks * form.chunk().size();
    rows = new Activations(form.decoder(), pieceTokens + chunks);
    int seen = network.prefix().filled() + form.blocks().runUpTokens() + form.blockTokens();
    layers = new DecoderLayer(form.decoder(), products, seen);
    text = new DocumentText(network, products.kernel(), chunks);
    cls = network.cls() == null ? null : new LandmarkRows(network.cls(), form.decoder(), products);
  }

  @Override
  public void runUp(int[] ids, Runnable betweenLayers) {
    before.pass(ids);
  }

  @Override
  public EncodedChunks encode(int[] ids, Runnable betweenLayers) {
    ChunkBuffer buffer = new ChunkBuffer(form.chunk(), ids.length);
    encode(ids, buffer, betweenLayers);
    return buffer.chunks();
  }

  void encode(int[] ids, KeptChunks kept, Runnable betweenLayers) {
    text.begin();
    for (int from = 0; from < before.count(); from += pieceTokens) {
      place(before.tokens(), from);
      pass(rows.count(), betweenLayers);
    }
    text.keepIn(kept);
    for (int from = 0; from < ids.length; from += pieceTokens) {
      place(ids, from);
      int tokens = rows.count();
      int firstChunk = from / form.chunk().size();
      if (cls != null) {
        placeRows(cls, firstChunk, tokens);
      }
      float[] landmarks = pass(tokens, betweenLayers);
      for (int at = 0; at < landmarks.length; at += form.chunk().landmarkDim()) {
        kept.landmark(firstChunk + at / form.chunk().landmarkDim(), landmarks, at);
      }
    }
    before.pass(ids);
  }

  private void place(int[] ids, int from) {
    int count = Math.min(pieceTokens, ids.length - from);
    CausalText tokens = text.tokens();
    tokens.reserve(count);
    rows.clear();
    for (int i = 0; i < count; i++) {
      network.place(ids[from + i], rows, text, tokens.filled() + i);
    }
    tokens.advance(count);
  }

  private void placeRows(LandmarkRows learned, int firstChunk, int tokens) {
    for (int chunk = 0; chunk < form.chunk().chunks(tokens); chunk++) {
      CausalText seen = text.chunk(firstChunk + chunk);
      learned.place(rows, seen, seen.filled() + form.chunk().validTokens(chunk, tokens));
    }
  }

  /**
   * All rows through all layers; of the last one nobody needs more than keys and values.
   *
   * @param tokens rows that are no learned ones
   * @return landmarks of the learned rows, (rows - tokens, r)
   */
  private float[] pass(int tokens, Runnable betweenLayers) {
    float[] landmarks = {};
    for (int number = 0; number < form.layers(); number++) {
      Layer<Projection, float[]> layer = network.layers().get(number);
      if (rows.count() > tokens && cls != null) {
        landmarks = landmarks(cls, tokens, number, landmarks);
      }
      if (number == form.layers() - 1 && rows.count() == tokens) {
        layers.remember(rows, layer, number);
      } else {
        layers.apply(rows, layer, number);
      }
      betweenLayers.run();
    }
    return rows.count() > tokens && cls != null ? cls.landmarks(rows, tokens) : landmarks;
  }

  /** Before the layer that the learned rows do not pass any more, what came of them. */
  private float[] landmarks(LandmarkRows learned, int tokens, int number, float[] none) {
    if (number < form.retrievalLayers()) {
      learned.beforeLayer(rows, tokens, number);
      return none;
    }
    float[] landmarks = learned.landmarks(rows, tokens);
    rows.cut(tokens);
    return landmarks;
  }

  @Override
  public void close() {}
}
