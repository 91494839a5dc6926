package dev.cairn.sentence;

import dev.cairn.checkpoint.SentenceSettings;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sentence landmarks: vectors whose cosine says how likely a chunk answers a question. All vectors
 * it returns are centred (the checkpoint's mean taken off) and of length 1, so that the cosine is
 * their dot product and prior_c = scale x dot. A vector depends on its own text alone. Computed on
 * the CPU. Safe for many threads.
 */
public final class SentenceEncoder implements AutoCloseable {

  private final SentenceSettings settings;
  private final SentenceModel model = new SentenceModel();
  private final ExecutorService workers;

  private SentenceEncoder(SentenceSettings settings, int threads) {
    this.settings = settings;
    this.workers =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("sentence-", 0).factory());
  }

  /**
   * @param threads how many chunks are embedded at a time; a question has a thread of its own, the
   *     caller's
   */
  public static SentenceEncoder open(SentenceSettings settings, int threads) {
    return new SentenceEncoder(settings, threads);
  }

  public int dimension() {
    return settings.dimension();
  }

  /** What a cosine is multiplied with to become a prior. */
  public float scale() {
    return settings.scale();
  }

  public float[] embedQuestion(String question) {
    return centred(settings.queryPrefix() + question, settings.questionMean());
  }

  /**
   * One vector for each text; a blank text gives zeros.
   *
   * @param texts of chunks: their tokens decoded, nothing taken off the ends
   */
  public float[][] embedChunks(List<String> texts) {
    List<Future<float[]>> vectors =
        texts.stream().map(text -> workers.submit(() -> embedChunk(text))).toList();
    return vectors.stream().map(SentenceEncoder::get).toArray(float[][]::new);
  }

  private static float[] get(Future<float[]> vector) {
    try {
      return vector.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a chunk could not be embedded", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while chunks were embedded");
    }
  }

  private float[] embedChunk(String text) {
    return text.isBlank() ? new float[dimension()] : centred(text, settings.chunkMean());
  }

  private float[] centred(String text, float[] mean) {
    float[] vector = model.embed(text);
    normalize(vector);
    for (int i = 0; i < vector.length; i++) {
      vector[i] -= mean[i];
    }
    normalize(vector);
    return vector;
  }

  private static void normalize(float[] vector) {
    double squares = 0;
    for (float x : vector) {
      squares += (double) x * x;
    }
    float factor = (float) (1 / Math.sqrt(squares));
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= factor;
    }
  }

  @Override
  public void close() {
    workers.close();
    model.close();
  }
}
