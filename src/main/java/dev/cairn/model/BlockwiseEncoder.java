package dev.cairn.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import dev.cairn.model.NativeThread.Priority;
import java.util.stream.IntStream;

/**
 * Encodes a document on the native thread, a block at a time; answers that wait run between the
 * layers.
 *
 * <p>A window is no longer than a block. So what the first layer computes is exact one block behind
 * the start of a run-up, what each further layer computes one block later, and all of it behind as
 * many blocks as there are layers.
 *
 * <p>Axes: c chunks, Hm memory_kv_heads, S chunk_size, e head_dim, r retrieval_dim.
 */
final class BlockwiseEncoder implements DocumentEncoder {

  private final EncodingNetwork network;
  private final NativeThread thread;
  private final DocumentPass pass;

  BlockwiseEncoder(EncodingNetwork network, NativeThread thread) {
    this.network = network;
    this.thread = thread;
    this.pass = thread.call(Priority.ENCODING, () -> new DocumentPass(network));
  }

  @Override
  public int blockTokens() {
    return network.config().blockTokens();
  }

  @Override
  public int runUpBlocks() {
    return network.config().lowerLayers();
  }

  @Override
  public void runUp(int[] ids) {
    if (ids.length != blockTokens()) {
      throw new IllegalArgumentException(
          "a run-up goes over %d ids, not %d".formatted(blockTokens(), ids.length));
    }
    network.config().requireIds(ids);
    thread.run(
        Priority.ENCODING,
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            pass.lower(ids, thread::runAnswers);
          }
        });
  }

  @Override
  public EncodedChunks encode(int[] ids) {
    if (ids.length == 0 || ids.length > blockTokens()) {
      throw new IllegalArgumentException(
          "a block has 1 to %d ids, not %d".formatted(blockTokens(), ids.length));
    }
    network.config().requireIds(ids);
    return thread.call(Priority.ENCODING, () -> compute(ids));
  }

  private EncodedChunks compute(int[] ids) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      ChunkEncoder.Encoded encoded = pass.encode(ids, thread::runAnswers);
      int[] validTokens = validTokens(ids.length, network.config().chunkSize());
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

  private static int[] validTokens(int tokens, int chunkSize) {
    return IntStream.range(0, Math.ceilDiv(tokens, chunkSize))
        .map(chunk -> Math.min(chunkSize, tokens - chunk * chunkSize))
        .toArray();
  }

  @Override
  public void close() {
    thread.free(pass::close);
  }
}
