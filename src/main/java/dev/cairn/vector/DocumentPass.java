package dev.cairn.vector;

import dev.cairn.kernel.Products;
import dev.cairn.model.BlockPass;
import dev.cairn.model.EncodedChunks;
import dev.cairn.model.ModelConfig;
import java.util.Arrays;
import java.util.List;

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
  private final ModelConfig config;
  private final int pieceTokens;
  private final Activations rows;
  private final DecoderLayer lower;
  private final DocumentCache windows;
  private final ChunkEncoder chunkEncoder;
  private boolean begun;

  DocumentPass(Network network, Products products) {
    this.network = network;
    this.config = network.config();
    int chunks = Math.max(1, PIECE_TOKENS / config.chunkSize());
    pieceTokens = Math.min(chunks * config.chunkSize(), config.blockTokens());
    rows = new Activations(config, pieceTokens);
    lower = new DecoderLayer(config, products, config.slidingWindow());
    windows = new DocumentCache(config);
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
    ChunkBuffer buffer = new ChunkBuffer(config, ids.length);
    for (int from = 0; from < ids.length; from += pieceTokens) {
      lower(ids, from, betweenLayers);
      chunkEncoder.encode(rows.hidden, rows.count(), buffer, betweenLayers);
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
    List<Network.Stage> stages = network.stages();
    for (int layer = 0; layer < config.lowerLayers(); layer++) {
      lower.apply(rows, stages.get(layer).layer(), layer);
      betweenLayers.run();
    }
  }

  private void place(int[] ids, int from) {
    rows.clear();
    for (int i = 0; i < ids.length; i++) {
      network.embedding().copyRow(ids[i], rows.hidden, i * config.hiddenSize());
      int slot = windows.firstSlot() + from + i;
      rows.add(windows, slot, slot);
    }
  }

  @Override
  public void close() {}
}
