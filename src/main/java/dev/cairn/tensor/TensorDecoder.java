package dev.cairn.tensor;

import dev.cairn.model.AnswerDecoder;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.DecodedSequence;
import dev.cairn.model.ScheduledSequence;
import java.util.List;

/**
 * The decoder in tensors of the engine, one sequence after the other: for devices that are not the
 * processor, and the plain form that the {@code vector.VectorDecoder} is checked against.
 */
final class TensorDecoder implements AnswerDecoder {

  private final Network network;

  TensorDecoder(Network network) {
    this.network = network;
  }

  @Override
  public int rows() {
    return network.form().blockTokens();
  }

  @Override
  public TensorSequence open(int[] prompt, int mostTokens, ChunkMemory memory) {
    return new TensorSequence(network, memory);
  }

  @Override
  public long step(List<ScheduledSequence> batch) {
    long nanos = 0;
    for (ScheduledSequence scheduled : batch) {
      try {
        nanos += ((TensorSequence) scheduled.sequence()).step(scheduled);
      } catch (RuntimeException e) {
        scheduled.failed(e);
      }
    }
    return nanos;
  }

  @Override
  public void close(DecodedSequence sequence) {
    ((TensorSequence) sequence).close();
  }

  /** The network belongs to its manager. */
  @Override
  public void close() {}
}
