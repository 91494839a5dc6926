package dev.cairn.vector;

import dev.cairn.checkpoint.HsaWeights;
import dev.cairn.kernel.Panels;
import dev.cairn.kernel.Products;
import dev.cairn.model.Hsa;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns lower states into chunks on the processor's vectors ({@code tensor.ChunkEncoder} is the
 * same in tensors). Places without a token are left out, since nothing sees them.
 *
 * <p>Axes: c chunks, P rows: the valid tokens of each chunk and its cls, S chunk_size, d
 * hidden_size, Hm memory_kv_heads, e head_dim, r retrieval_dim.
 */
final class ChunkEncoder {

  private final Hsa form;
  private final int width; // d
  private final HsaWeights.Encoder<Projection, float[]> weights;
  private final Products products;
  private final DecoderLayer layers;
  private final Activations rows;
  private final ChunkCache[] chunks;
  private final float[] summaries; // (c, d)
  private final float[] keys; // (P, Hm * e)
  private final float[] values; // (P, Hm * e)
  private final float[] landmarks; // (c, r)

  /**
   * @param most chunks at a time
   */
  ChunkEncoder(Network network, Products products, int most) {
    this.form = network.form();
    this.width = form.decoder().hiddenSize();
    this.weights = network.encoder();
    this.products = products;
    int places = most * (form.chunk().size() + 1);
    layers = new DecoderLayer(form.decoder(), products, form.chunk().size() + 1);
    rows = new Activations(form.decoder(), places);
    chunks = new ChunkCache[most];
    Arrays.setAll(chunks, i -> new ChunkCache(form));
    summaries = new float[most * width];
    keys = new float[places * form.memoryHeads().keyValueWidth()];
    values = new float[keys.length];
    landmarks = new float[most * form.chunk().landmarkDim()];
  }

  /**
   * Keeps the chunks of some tokens.
   *
   * @param states (tokens, d)
   * @param first the first token's place in the block, where a chunk begins
   */
  void encode(float[] states, int tokens, int first, KeptChunks kept, Runnable betweenLayers) {
    int count = place(states, tokens);
    for (int layer = 0; layer < weights.layers().size(); layer++) {
      layers.apply(rows, weights.layers().get(layer), layer);
      betweenLayers.run();
    }
    layers.norm(rows.hidden, weights.norm(), rows.normed, rows.count());
    products.multiply(
        rows.normed,
        rows.count(),
        new Panels[] {weights.key().weight(), weights.value().weight()},
        new float[][] {keys, values});
    summarize(count, tokens);
    products.multiply(summaries, count, weights.landmark().weight(), landmarks);
    layers.norm(landmarks, weights.landmarkNorm(), landmarks, count);
    for (int chunk = 0; chunk < count; chunk++) {
      keep(
          chunk,
          form.chunk().validTokens(chunk, tokens),
          first + chunk * form.chunk().size(),
          kept);
    }
  }

  private void keep(int chunk, int valid, int first, KeptChunks kept) {
    int keyWidth = form.memoryHeads().keyValueWidth();
    for (int token = 0; token < valid; token++) {
      kept.keep(0, first + token, keys, values, (firstRow(chunk) + token) * keyWidth);
    }
    kept.landmark(first / form.chunk().size(), landmarks, chunk * form.chunk().landmarkDim());
  }

  private int firstRow(int chunk) {
    return chunk * (form.chunk().size() + (weights.cls() == null ? 0 : 1));
  }

  private int place(float[] states, int tokens) {
    rows.clear();
    int count = form.chunk().chunks(tokens);
    for (int chunk = 0; chunk < count; chunk++) {
      int valid = form.chunk().validTokens(chunk, tokens);
      int from = chunk * form.chunk().size() * width;
      System.arraycopy(states, from, rows.hidden, rows.count() * width, valid * width);
      for (int place = 0; place < valid; place++) {
        rows.add(chunks[chunk], place, place);
      }
      placeCls(weights.cls(), chunk, valid);
    }
    return count;
  }

  /** It stands at position S also when the chunk is partial. */
  private void placeCls(float @Nullable [] cls, int chunk, int valid) {
    chunks[chunk].hold(cls == null ? valid : valid + 1);
    if (cls != null) {
      System.arraycopy(cls, 0, rows.hidden, rows.count() * cls.length, cls.length);
      rows.add(chunks[chunk], valid, form.chunk().size());
    }
  }

  /** What the landmark is made of: the row of cls, or the mean over the tokens. */
  private void summarize(int count, int tokens) {
    for (int chunk = 0; chunk < count; chunk++) {
      int valid = form.chunk().validTokens(chunk, tokens);
      int row = firstRow(chunk);
      if (weights.cls() != null) {
        System.arraycopy(rows.normed, (row + valid) * width, summaries, chunk * width, width);
      } else {
        mean(row, valid, chunk * width);
      }
    }
  }

  private void mean(int firstRow, int count, int target) {
    for (int i = 0; i < width; i++) {
      float sum = 0;
      for (int row = firstRow; row < firstRow + count; row++) {
        sum += rows.normed[row * width + i];
      }
      summaries[target + i] = sum / count;
    }
  }
}
