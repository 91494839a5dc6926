package dev.cairn.vector;

import dev.cairn.kernel.Products;
import dev.cairn.model.BlockPass;
import dev.cairn.model.EncodedChunks;
import dev.cairn.model.Hsa;
import java.util.Arrays;

/**
 * One document on its way through the lower decoder and the chunk encoder, on the processor's
 * vectors. Rows go through all layers a few chunks at a time, which is how much of them the
 * processor's caches hold; where a block is cut changes no bit.
 *
 * <p>Axes: T rows, c chunks of a piece, S chunk_size, d hidden_size.
 */
final class DocumentPass implements BlockPass {

  private static final int PIECE_TOKENS = 128;

  private final Network network;
  private final Hsa form;
  private final int pieceTokens;
  private final Activations rows;
  private final DecoderLayer lower;
  private final DocumentCache windows;
  private final ChunkEncoder chunkEncoder;
  private boolean begun;

  DocumentPass(Network network, Products products) {
    this.network = network;
    this.form = network.form();
    int chunks = Math.max(1, PIECE_TOKENS / form.chunk().size());
    pieceTokens = Math.min(chunks * form.chunk().size(), form.blockTokens());
    rows = new Activations(form.decoder(), pieceTokens);
    lower = new DecoderLayer(form.decoder(), products, form.slidingWindow());
    windows = new DocumentCache(form);
    chunkEncoder = new ChunkEncoder(network, products, chunks);
  }

  @Override
  public void runUp(int[] ids, Runnable betweenLayers) {
    beginBlock();
    for (int from = 0; from < ids.length; from += pieceTokens) {
      lower(ids, from, betweenLayers);
    }
  }

  @Override
  public EncodedChunks encode(int[] ids, Runnable betweenLayers) {
    beginBlock();
    ChunkBuffer buffer = new ChunkBuffer(form.chunk(), ids.length);
    for (int from = 0; from < ids.length; from += pieceTokens) {
      lower(ids, from, betweenLayers);
      chunkEncoder.encode(rows.hidden, rows.count(), from, buffer, betweenLayers);
    }
    return buffer.chunks();
  }

  private void beginBlock() {
    if (begun) {
      windows.nextBlock(lower.products().team());
    }
    begun = true;
  }

  /** Leaves the lower states of a piece in the hidden rows. */
  private void lower(int[] ids, int from, Runnable betweenLayers) {
    place(Arrays.copyOfRange(ids, from, Math.min(ids.length, from + pieceTokens)), from);
    for (int layer = 0; layer < form.lowerLayers(); layer++) {
      lower.apply(rows, network.lower().get(layer), layer);
      betweenLayers.run();
    }
  }

  private void place(int[] ids, int from) {
    rows.clear();
    for (int i = 0; i < ids.length; i++) {
      network.embedding().weight().copyRow(ids[i], rows.hidden, i * form.decoder().hiddenSize());
      int slot = windows.firstSlot() + from + i;
      rows.add(windows, slot, slot);
    }
  }

  @Override
  public void close() {}
}
