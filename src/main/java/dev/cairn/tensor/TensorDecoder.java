package dev.cairn.tensor;

import dev.cairn.model.AnswerDecoder;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.DecodedSequence;
import dev.cairn.model.SequenceStep;
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
  public TensorSequence open(ChunkMemory memory) {
    return new TensorSequence(network, memory);
  }

  @Override
  public StepTime step(List<SequenceStep> steps) {
    long lower = 0;
    long upper = 0;
    for (SequenceStep step : steps) {
      try {
        StepTime time = ((TensorSequence) step.sequence()).step(step);
        lower += time.lower();
        upper += time.upper();
      } catch (RuntimeException e) {
        step.failed(e);
      }
    }
    return new StepTime(lower, upper);
  }

  @Override
  public void close(DecodedSequence sequence) {
    ((TensorSequence) sequence).close();
  }

  /** The network belongs to its manager. */
  @Override
  public void close() {}
}
