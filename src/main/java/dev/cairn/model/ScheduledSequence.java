package dev.cairn.model;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What one sequence does in one step: it reads tokens, and may then say what follows the last. */
public final class ScheduledSequence {

  private final DecodedSequence sequence;
  private final int[] ids;
  private final boolean predicts;
  private final int[] probe;
  private int firstRow;
  private @Nullable Prediction prediction;
  private @Nullable RuntimeException failure;

  /**
   * What follows the tokens so far. Valid until the next step.
   *
   * @param logits holds one of each vocabulary id, from logitsAt on; those of what follows each id
   *     of the probe come behind
   * @param reading what the last token read
   */
  public record Prediction(float[] logits, int logitsAt, Reading reading) {}

  /**
   * @param ids at least one, at most {@link AnswerDecoder#rows}
   * @param predicts whether the last of them is the last one before an answer's token
   */
  public ScheduledSequence(DecodedSequence sequence, int[] ids, boolean predicts) {
    this(sequence, ids, predicts, new int[0]);
  }

  /**
   * @param probe read behind the ids to see what would follow each of them, and forgotten again;
   *     only where it predicts
   */
  public ScheduledSequence(DecodedSequence sequence, int[] ids, boolean predicts, int... probe) {
    this.sequence = sequence;
    this.ids = ids;
    this.predicts = predicts;
    this.probe = probe;
  }

  public DecodedSequence sequence() {
    return sequence;
  }

  public int[] ids() {
    return ids;
  }

  public int[] probe() {
    return probe;
  }

  /** The ids and the probe behind them. */
  public int[] read() {
    return IntStream.concat(IntStream.of(ids), IntStream.of(probe)).toArray();
  }

  /** Rows of the step that it takes. */
  public int rows() {
    return ids.length + probe.length;
  }

  public boolean predicts() {
    return predicts;
  }

  public void startAt(int row) {
    firstRow = row;
  }

  public int firstRow() {
    return firstRow;
  }

  public int lastRow() {
    return firstRow + ids.length - 1;
  }

  public void predicted(Prediction made) {
    prediction = made;
  }

  /** Null unless it predicts and did not fail. */
  public @Nullable Prediction prediction() {
    return prediction;
  }

  /** Its own memory could not be read; the others of the batch go on. */
  public void failed(RuntimeException thrown) {
    failure = thrown;
  }

  public @Nullable RuntimeException failure() {
    return failure;
  }
}
