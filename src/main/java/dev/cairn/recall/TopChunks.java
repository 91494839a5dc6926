package dev.cairn.recall;

import dev.cairn.model.Selection;
import java.util.Arrays;

/** The k best of the chunks offered so far: highest score first, ties to the lower number. */
final class TopChunks {

  private final float[] scores;

  private final int[] chunks;

  private int count;

  TopChunks(int k) {
    this.scores = new float[k];
    this.chunks = new int[k];
  }

  /** Chunks must be offered in ascending order: a tie keeps the one that came first. */
  void offer(int chunk, float score) {
    if (count == scores.length) {
      if (Float.compare(score, scores[count - 1]) <= 0) {
        return;
      }
      count--;
    }
    int place = count++;
    while (place > 0 && Float.compare(score, scores[place - 1]) > 0) {
      scores[place] = scores[place - 1];
      chunks[place] = chunks[place - 1];
      place--;
    }
    scores[place] = score;
    chunks[place] = chunk;
  }

  /** Takes in the best of higher chunk numbers. */
  void merge(TopChunks higher) {
    for (int i = 0; i < higher.count; i++) {
      offer(higher.chunks[i], higher.scores[i]);
    }
  }

  Selection selection() {
    return new Selection(Arrays.copyOf(chunks, count), Arrays.copyOf(scores, count));
  }
}
