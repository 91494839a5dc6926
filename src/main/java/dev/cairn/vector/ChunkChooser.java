package dev.cairn.vector;

import dev.cairn.kernel.Products;
import dev.cairn.model.ChunkRange;
import dev.cairn.model.Layers;
import dev.cairn.model.ReadMeter;
import dev.cairn.model.Selection;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the chunks that an answer reads, once: those of the highest score with their neighbours.
 *
 * <p>Axes: T tokens of the prompt, r retrieval_dim.
 */
final class ChunkChooser {

  private final LayersNetwork network;
  private final Layers form;
  private final int most;
  private final Activations rows;
  private final DecoderLayer layers;
  private final @Nullable LandmarkRows query;

  /**
   * @param most tokens of a prompt that are read at a time
   */
  ChunkChooser(LayersNetwork network, Products products, int most) {
    this.network = network;
    this.form = network.form();
    this.most = most;
    this.rows = new Activations(form.decoder(), most + 1);
    this.layers = new DecoderLayer(form.decoder(), products, form.positions());
    this.query =
        network.query() == null
            ? null
            : new LandmarkRows(network.query(), form.decoder(), products);
  }

  /**
   * The chosen chunks in reading order, with their scores; that of a neighbour which was not asked
   * for is no number.
   *
   * @param limit chunks, at most
   */
  Selection choose(ReadMeter memory, int[] prompt, int limit) {
    int count = Math.min(limit, memory.size());
    if (count == 0) {
      return new Selection(new int[0], new float[0]);
    }
    Selection best = memory.select(new float[][] {query(prompt)}, count)[0];
    return inReadingOrder(withNeighbours(memory, best, count));
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

  /** What is compared with landmarks, (r): the memory divides by sqrt(r), which is undone here. */
  float[] query(int[] prompt) {
    if (query == null || form.retrieval() == null) {
      return new float[0];
    }
    float[] landmark = read(prompt, query, form.retrieval().layer());
    double factor = form.retrieval().scale() * Math.sqrt(landmark.length);
    for (int i = 0; i < landmark.length; i++) {
      landmark[i] = (float) (landmark[i] * factor);
    }
    return landmark;
  }

  /** The prompt without memory, by the base weights, and the learned row behind it. */
  private float[] read(int[] prompt, LandmarkRows learned, int endLayer) {
    CausalText text = CausalText.behind(network.prefix(), form.decoder().heads(), 0, endLayer);
    for (int from = 0; from < prompt.length; from += most) {
      int[] ids = Arrays.copyOfRange(prompt, from, Math.min(prompt.length, from + most));
      place(text, ids);
      int end = rows.count();
      if (from + most >= prompt.length) {
        learned.place(rows, text, text.filled() + ids.length);
      }
      for (int layer = 0; layer < endLayer; layer++) {
        learned.beforeLayer(rows, end, layer);
        layers.apply(rows, network.layers().get(layer), layer);
      }
      text.advance(ids.length);
    }
    return learned.landmarks(rows, rows.count() - 1);
  }

  private void place(CausalText text, int[] ids) {
    text.reserve(ids.length + 1);
    rows.clear();
    for (int i = 0; i < ids.length; i++) {
      network.place(ids[i], rows, text, text.filled() + i);
    }
  }
}
