package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import dev.cairn.model.ChunkChoice;
import dev.cairn.model.Hsa;
import dev.cairn.model.ReadingBuilder;
import dev.cairn.tensor.ChunkSource.Choice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Hierarchical sparse attention (arXiv 2510.17196): each token chooses the chunks whose landmarks
 * fit its query best, attends inside each, and adds up what it read by the weights of the chunks.
 * No gradient passes through the choice, only through the scores of what was chosen.
 *
 * <p>Axes: T tokens, n chosen chunks of each, S chunk_size, d hidden_size, r retrieval_dim.
 */
record HsaBlock(
    RetrievalQuery query,
    MemoryAttention attention,
    RmsNorm norm,
    SwiGlu feedForward,
    Hsa.Blocks form) {

  /** The query that is compared with landmarks. */
  record RetrievalQuery(RmsNorm norm, Linear projection, RmsNorm outputNorm) {

    /** (T, d) to (T, r). */
    NDArray apply(NDArray hidden) {
      return outputNorm.apply(projection.apply(norm.apply(hidden)));
    }
  }

  /**
   * @param hidden (T, d)
   * @param read what was read; null when there is no chunk
   */
  record Output(NDArray hidden, @Nullable ReadChunks read) {}

  /**
   * Where the tokens read.
   *
   * @param chunks (T * n)
   * @param scores (T, n)
   * @param weights (T, n)
   * @param mass (T, n, S): weight x attention, the mean over the heads
   */
  record ReadChunks(int[] chunks, NDArray scores, NDArray weights, NDArray mass) {

    private static final NDIndex LAST = new NDIndex(-1);

    /**
     * Adds what the last token read in this block.
     *
     * @param blocks that the mean is taken over
     */
    void addLastToken(ReadingBuilder reading, int chunkSize, int blocks) {
      float[] ofToken = mass.get(LAST).toFloatArray(); // (n, S)
      int choices = ofToken.length / chunkSize;
      int[] chosen = Arrays.copyOfRange(chunks, chunks.length - choices, chunks.length); // (n)
      reading.chose(
          new ChunkChoice(
              chosen, scores.get(LAST).toFloatArray(), weights.get(LAST).toFloatArray()));
      for (int i = 0; i < choices; i++) {
        reading.add(chosen[i], ofToken, i * chunkSize, 1f / blocks);
      }
    }
  }

  /**
   * @param hidden (T, d)
   */
  Output apply(NDArray hidden, ChunkSource memory) {
    if (memory.size() == 0) {
      return new Output(hidden.add(feedForward.apply(norm.apply(hidden))), null);
    }
    Choice choice = memory.choose(query.apply(hidden), form.topK());
    NDArray weights = ChunkWeighting.weights(form.weights(), choice.scores()); // (T, n)
    MemoryAttention.Attended attended = attention.apply(hidden, choice, weights, memory);
    NDArray enriched = hidden.add(attended.output()); // (T, d)
    NDArray stream = form.residual() == Hsa.Residual.BYPASS ? hidden : enriched;
    NDArray output = stream.add(feedForward.apply(norm.apply(enriched))); // (T, d)
    return new Output(
        output, new ReadChunks(choice.chunks(), choice.scores(), weights, attended.mass()));
  }
}
