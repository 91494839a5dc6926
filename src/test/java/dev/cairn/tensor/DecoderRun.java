package dev.cairn.tensor;

import dev.cairn.model.AnswerDecoder;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.DecodedSequence;
import dev.cairn.model.ScheduledSequence;
import java.util.Arrays;
import java.util.List;

/** One sequence that passes a decoder alone. */
final class DecoderRun implements AutoCloseable {

  private final AnswerDecoder decoder;
  private final DecodedSequence sequence;

  DecoderRun(AnswerDecoder decoder, ChunkMemory memory) {
    this.decoder = decoder;
    this.sequence = decoder.open(new int[0], Integer.MAX_VALUE, memory);
  }

  /**
   * Reads tokens.
   *
   * @param step tokens of a step, at most
   * @return the logits of what follows the last
   */
  float[] read(int step, int... ids) {
    float[] logits = {};
    for (int from = 0; from < ids.length; from += step) {
      int to = Math.min(ids.length, from + step);
      ScheduledSequence turn =
          new ScheduledSequence(sequence, Arrays.copyOfRange(ids, from, to), to == ids.length);
      decoder.step(List.of(turn));
      if (turn.failure() != null) {
        throw turn.failure();
      }
      ScheduledSequence.Prediction prediction = turn.prediction();
      logits = prediction == null ? logits : prediction.logits().clone();
    }
    return logits;
  }

  @Override
  public void close() {
    decoder.close(sequence);
  }
}
