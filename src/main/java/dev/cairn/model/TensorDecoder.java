package dev.cairn.model;

import java.util.List;

/**
 * The decoder in tensors of the engine, one sequence after the other: for devices that are not the
 * processor, and the plain form that the {@link StepDecoder} is checked against.
 */
final class TensorDecoder implements AnswerDecoder {

  private final Network network;

  TensorDecoder(Network network) {
    this.network = network;
  }

  @Override
  public int rows() {
    return network.config().blockTokens();
  }

  @Override
  public Decoding open(ChunkMemory memory) {
    return new Decoding(network, memory);
  }

  @Override
  public StepTime step(List<Turn> turns) {
    long lower = 0;
    long upper = 0;
    for (Turn turn : turns) {
      try {
        StepTime time = ((Decoding) turn.sequence()).step(turn);
        lower += time.lower();
        upper += time.upper();
      } catch (RuntimeException e) {
        turn.failed(e);
      }
    }
    return new StepTime(lower, upper);
  }

  @Override
  public void close(DecodedSequence sequence) {
    ((Decoding) sequence).close();
  }

  /** The network belongs to its manager. */
  @Override
  public void close() {}
}
