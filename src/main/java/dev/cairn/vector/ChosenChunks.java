package dev.cairn.vector;

import dev.cairn.model.ReadMeter;
import dev.cairn.model.Selection;
import dev.cairn.model.StoredChunk;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What the tokens of one turn chose in one HSA block, and the chunks themselves, held in memory
 * until closed.
 *
 * <p>Axes: T rows of the turn, n chosen chunks of each.
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
            .map(ChosenChunks::newestFirst)
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

  private static Selection newestFirst(Selection selection) {
    int[] order =
        IntStream.range(0, selection.chunks().length)
            .boxed()
            .sorted(Comparator.comparing(i -> -selection.chunks()[i]))
            .mapToInt(i -> i)
            .toArray();
    int[] chunks = new int[order.length];
    float[] scores = new float[order.length];
    for (int i = 0; i < order.length; i++) {
      chunks[i] = selection.chunks()[order[i]];
      scores[i] = selection.scores()[order[i]];
    }
    return new Selection(chunks, scores);
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
