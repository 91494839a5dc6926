package dev.cairn.recall;

import dev.cairn.kernel.Kernel;
import dev.cairn.model.Selection;
import java.util.Arrays;

/**
 * The best of the chunks offered so far, in any order of offering: highest score first, ties to the
 * lower number. A heap with the worst on top, so that most offers end with one comparison.
 */
final class TopChunks {

  private static final Kernel KERNEL = Kernel.fastest();

  /** Of one number each, which orders like score and chunk: the score above, the chunk below. */
  private final long[] heap;

  private int count;

  /** A lower score than this is not among the best. */
  private float floor = Float.NEGATIVE_INFINITY;

  TopChunks(int capacity) {
    this.heap = new long[capacity];
  }

  /**
   * Offers the chunks from {@code from} to before {@code to}, at least one.
   *
   * @param scores of the chunks from {@code first} on; no NaN
   */
  void offer(int first, float[] scores, int from, int to) {
    if (KERNEL.highest(scores, from - first, to - from) < floor) {
      return;
    }
    for (int chunk = from; chunk < to; chunk++) {
      float score = scores[chunk - first];
      if (score >= floor) {
        offer(key(chunk, score));
      }
    }
  }

  void merge(TopChunks other) {
    for (int i = 0; i < other.count; i++) {
      offer(other.heap[i]);
    }
  }

  void offer(int chunk, float score) {
    offer(key(chunk, score));
  }

  private void offer(long key) {
    if (count < heap.length) {
      rise(count++, key);
    } else if (key > heap[0]) {
      sink(key);
    } else {
      return;
    }
    if (count == heap.length) {
      floor = score(heap[0]);
    }
  }

  /** Flipping the lower bits of a negative number gives the order of {@link Float#compare}. */
  private static long key(int chunk, float score) {
    int bits = Float.floatToIntBits(score);
    int ordered = bits ^ (bits >> 31 & Integer.MAX_VALUE);
    return (long) ordered << 32 | (Integer.MAX_VALUE - chunk);
  }

  private static int chunk(long key) {
    return Integer.MAX_VALUE - (int) key;
  }

  private static float score(long key) {
    int ordered = (int) (key >> 32);
    return Float.intBitsToFloat(ordered ^ (ordered >> 31 & Integer.MAX_VALUE));
  }

  private void rise(int place, long key) {
    int at = place;
    while (at > 0 && heap[(at - 1) / 2] > key) {
      heap[at] = heap[(at - 1) / 2];
      at = (at - 1) / 2;
    }
    heap[at] = key;
  }

  private void sink(long key) {
    int at = 0;
    int child = 1;
    while (child < count) {
      if (child + 1 < count && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= key) {
        break;
      }
      heap[at] = heap[child];
      at = child;
      child = 2 * at + 1;
    }
    heap[at] = key;
  }

  /** Their numbers, ascending. */
  int[] chunks() {
    return Arrays.stream(heap, 0, count).mapToInt(TopChunks::chunk).sorted().toArray();
  }

  /** The best first. */
  Selection selection() {
    int[] chunks = new int[count];
    float[] scores = new float[count];
    long[] ascending = Arrays.stream(heap, 0, count).sorted().toArray();
    for (int i = 0; i < count; i++) {
      long key = ascending[count - 1 - i];
      chunks[i] = chunk(key);
      scores[i] = score(key);
    }
    return new Selection(chunks, scores);
  }
}
