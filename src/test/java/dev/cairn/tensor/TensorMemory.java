package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.cairn.model.BestChunks;
import java.util.ArrayList;
import java.util.List;

/**
 * Chunks as tensors, through which gradients flow.
 *
 * <p>Axes: T tokens, C chunks, n chosen chunks of each token, r retrieval_dim, Hm memory_kv_heads,
 * S chunk_size, e head_dim.
 */
final class TensorMemory implements ChunkSource {

  private final NDArray landmarks;
  private final NDArray keys;
  private final NDArray values;
  private final int[] validTokens;
  private final NDArray prior;

  /** One of each HSA block, in the order in which they asked. */
  final List<NDArray> queries = new ArrayList<>();

  final List<NDArray> scores = new ArrayList<>();
  final List<Choice> choices = new ArrayList<>();

  /**
   * @param encoded landmarks (C, r), keys and values (C, Hm, S, e)
   * @param validTokens (C)
   * @param prior (C)
   */
  TensorMemory(ChunkEncoder.Encoded encoded, int[] validTokens, NDArray prior) {
    this.landmarks = encoded.landmarks();
    this.keys = encoded.keys();
    this.values = encoded.values();
    this.validTokens = validTokens;
    this.prior = prior;
  }

  @Override
  public int size() {
    return validTokens.length;
  }

  @Override
  public Choice choose(NDArray query, int k) {
    double scale = 1 / Math.sqrt(landmarks.getShape().get(1));
    NDArray score = query.matMul(landmarks.transpose()).mul(scale).add(prior); // (T, C)
    int tokens = (int) query.getShape().get(0);
    int n = Math.min(k, size());
    float[] all = score.toFloatArray();
    int[] chunks = new int[tokens * n];
    for (int token = 0; token < tokens; token++) {
      int[] best = BestChunks.of(all, token * size(), size(), n);
      java.util.Arrays.sort(best);
      for (int i = 0; i < n; i++) {
        chunks[token * n + i] = best[n - 1 - i];
      }
    }
    long[] index = java.util.Arrays.stream(chunks).asLongStream().toArray();
    NDArray chosen = query.getManager().create(index, new Shape(tokens, n)); // (T, n)
    Choice choice = new Choice(chunks, score.gather(chosen, 1));
    queries.add(query);
    scores.add(score);
    choices.add(choice);
    return choice;
  }

  @Override
  public Chunk chunk(int number) {
    NDIndex valid = new NDIndex().addIndices(number).addAllDim();
    valid.addSliceDim(0, validTokens[number]);
    return new Chunk(keys.get(valid), values.get(valid));
  }
}
