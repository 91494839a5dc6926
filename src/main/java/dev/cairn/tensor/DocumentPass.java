package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.cairn.kernel.Bfloat16;
import dev.cairn.model.BlockPass;
import dev.cairn.model.EncodedChunks;
import java.util.Arrays;

/**
 * One document on its way through the lower decoder and the chunk encoder, block by block. All
 * blocks are computed in one fixed shape, so that the bits of a token never depend on what follows
 * it. On the native thread only; {@link #lower} and {@link #chunks} inside a scope that frees the
 * results.
 *
 * <p>Axes: T tokens of a block, c chunks of a block, S chunk_size, W sliding_window, d hidden_size,
 * Hm memory_kv_heads, e head_dim, r retrieval_dim.
 */
final class DocumentPass implements BlockPass {

  private final Network.Encoding network;
  private final int blockTokens;
  private final LayerCaches windows;
  private boolean windowFilled;

  DocumentPass(Network.Encoding network) {
    this.network = network;
    this.blockTokens = network.form().blockTokens();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      windows =
          new LayerCaches(
              network.lower().manager(),
              network.lower().layers(),
              network.form().slidingWindow() - 1);
    }
  }

  /**
   * Moves the window over the next block.
   *
   * @param ids 1 to T ids
   * @return (T, d), lower states; what stands behind the ids is of no meaning
   */
  NDArray lower(int[] ids, Runnable betweenLayers) {
    int carried = network.form().slidingWindow() - 1;
    VisibleTokens.Span span =
        new VisibleTokens.Span(
            network.form().slidingWindow(), carried, windowFilled ? carried : 0, blockTokens);
    windowFilled = true;
    int[] block = Arrays.copyOf(ids, blockTokens);
    return network.lower().apply(block, windows, network.lower().view(span), betweenLayers);
  }

  @Override
  public void runUp(int[] ids, Runnable betweenLayers) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      lower(ids, betweenLayers);
    }
  }

  @Override
  public EncodedChunks encode(int[] ids, Runnable betweenLayers) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      ChunkEncoder.Encoded encoded = chunks(ids, betweenLayers);
      int[] validTokens = network.form().chunk().validTokens(ids.length);
      NDIndex held = new NDIndex().addSliceDim(0, validTokens.length);
      NDArray keysValues =
          encoded.keys().get(held).stack(encoded.values().get(held), 1); // (c, 2, Hm, S, e)
      return new EncodedChunks(
          validTokens.length,
          Bfloat16.round(keysValues.toFloatArray()),
          Bfloat16.round(encoded.landmarks().get(held).toFloatArray()), // (c, r)
          validTokens);
    }
  }

  /**
   * @param ids 1 to T ids
   * @return the c chunks of a whole block; those without a token are of no meaning
   */
  ChunkEncoder.Encoded chunks(int[] ids, Runnable betweenLayers) {
    int size = network.form().chunk().size();
    NDArray states =
        lower(ids, betweenLayers)
            .reshape(-1, size, network.form().decoder().hiddenSize()); // (c, S, d)
    float[] valid = new float[blockTokens];
    Arrays.fill(valid, 0, ids.length, 1);
    NDArray places =
        network.lower().manager().create(valid, new Shape(blockTokens / size, size, 1));
    return network.chunkEncoder().apply(states, places);
  }

  @Override
  public void close() {
    windows.close();
  }
}
