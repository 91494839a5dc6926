package dev.cairn.model;

import dev.cairn.model.Layers.Retrieval;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Chooses the chunks that an answer of a pretrained decoder reads, once: those of the highest score
 * with their neighbours.
 *
 * <p>Axes: r retrieval_dim.
 */
public record ChooseChunks(Layers form) {

  private static final Selection NONE = new Selection(new int[0], new float[0]);

  /**
   * The chosen chunks in reading order, with their scores; that of a neighbour which was not asked
   * for is no number.
   *
   * @param limit chunks, at most
   * @param landmark of the prompt, (r); asked for only where there are landmarks and chunks
   */
  public Selection choose(ReadMeter memory, int limit, Supplier<float[]> landmark) {
    int count = Math.min(limit, memory.size());
    if (count == 0) {
      return NONE;
    }
    float[] query = form.retrieval() == null ? new float[0] : query(landmark.get());
    Selection best = memory.select(new float[][] {query}, count)[0];
    return inReadingOrder(withNeighbours(memory, best, count));
  }

  /** What is compared with landmarks, (r): the memory divides by sqrt(r), which is undone here. */
  public float[] query(float[] landmark) {
    Retrieval retrieval = form.retrieval();
    double factor = retrieval == null ? 1 : retrieval.scale() * Math.sqrt(landmark.length);
    float[] query = new float[landmark.length];
    for (int i = 0; i < query.length; i++) {
      query[i] = (float) (landmark[i] * factor);
    }
    return query;
  }

  private Map<Integer, Float> withNeighbours(ReadMeter memory, Selection best, int count) {
    Map<Integer, Float> chosen = new LinkedHashMap<>();
    for (int i = 0; i < best.chunks().length; i++) {
      int chunk = best.chunks()[i];
      ChunkRange document = memory.document(chunk);
      put(chosen, chunk, best.scores()[i], count);
      for (int distance = 1; distance <= form.choice().neighbours(); distance++) {
        if (chunk - distance >= document.first()) {
          put(chosen, chunk - distance, Float.NaN, count);
        }
        if (chunk + distance < document.end()) {
          put(chosen, chunk + distance, Float.NaN, count);
        }
      }
    }
    return chosen;
  }

  /** A chunk that came as a neighbour gets its score when its own turn comes. */
  private static void put(Map<Integer, Float> chosen, int chunk, float score, int count) {
    if (chosen.containsKey(chunk)) {
      chosen.merge(chunk, score, (before, now) -> before.isNaN() ? now : before);
    } else if (chosen.size() < count) {
      chosen.put(chunk, score);
    }
  }

  private static Selection inReadingOrder(Map<Integer, Float> chosen) {
    int[] chunks = new int[chosen.size()];
    float[] scores = new float[chunks.length];
    int at = 0;
    for (Map.Entry<Integer, Float> each : new TreeMap<>(chosen).entrySet()) {
      chunks[at] = each.getKey();
      scores[at++] = each.getValue();
    }
    return new Selection(chunks, scores);
  }
}
