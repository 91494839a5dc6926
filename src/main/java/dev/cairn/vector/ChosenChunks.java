package dev.cairn.vector;

import dev.cairn.model.ReadMeter;
import dev.cairn.model.Selection;
import dev.cairn.model.StoredChunk;
import java.util.Arrays;

/**
 * What the tokens of one step chose in one HSA block, and the chunks themselves, held in memory
 * until closed.
 *
 * <p>Axes: T rows of the step, n chosen chunks of each.
 */
final class ChosenChunks implements AutoCloseable {

  static final ChosenChunks NONE =
      new ChosenChunks(new Selection[0], 0, new int[0], new StoredChunk[0]);

  private final Selection[] selections; // (T), each from the most recent chunk to the oldest
  private final int choices;
  private final int[] numbers; // ascending
  private final StoredChunk[] held; // in the same order

  private ChosenChunks(Selection[] selections, int choices, int[] numbers, StoredChunk[] held) {
    this.selections = selections;
    this.choices = choices;
    this.numbers = numbers;
    this.held = held;
  }

  /**
   * Chooses and loads.
   *
   * @param queries (T, r)
   */
  static ChosenChunks choose(ReadMeter memory, float[][] queries, int k) {
    if (memory.size() == 0) {
      return NONE;
    }
    Selection[] selections =
        Arrays.stream(memory.select(queries, k))
            .map(Selection::newestFirst)
            .toArray(Selection[]::new);
    int[] numbers =
        Arrays.stream(selections)
            .flatMapToInt(selection -> Arrays.stream(selection.chunks()))
            .sorted()
            .distinct()
            .toArray();
    int choices = selections[0].chunks().length;
    return new ChosenChunks(selections, choices, numbers, memory.hold(numbers));
  }

  /** n: the same for all tokens, since they see the same chunks. */
  int choices() {
    return choices;
  }

  /** The number of a chosen chunk. */
  int number(int token, int choice) {
    return selections[token].chunks()[choice];
  }

  /** (n), not to be changed. */
  int[] numbers(int token) {
    return selections[token].chunks();
  }

  StoredChunk chunk(int token, int choice) {
    return held[Arrays.binarySearch(numbers, number(token, choice))];
  }

  /** (n), not to be changed. */
  float[] scores(int token) {
    return selections[token].scores();
  }

  @Override
  public void close() {
    for (StoredChunk chunk : held) {
      chunk.close();
    }
  }
}
