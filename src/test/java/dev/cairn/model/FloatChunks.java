package dev.cairn.model;

import java.util.ArrayList;
import java.util.List;

/** What is kept of a document, in 32 bits. */
public final class FloatChunks {

  private final ChunkForm form;
  private final List<Chunk> chunks = new ArrayList<>();

  /**
   * @param numbers (layers, 2, Hk, S, e)
   * @param landmark (r)
   */
  public record Chunk(float[] numbers, float[] landmark, int validTokens) {}

  public FloatChunks(ChunkForm form) {
    this.form = form;
  }

  /** Adds the next chunk. */
  public void add(Chunk chunk) {
    chunks.add(chunk);
  }

  public List<Chunk> chunks() {
    return chunks;
  }

  /**
   * Keys or values of all tokens, (tokens, Hk, e).
   *
   * @param values 0 for keys, 1 for values
   */
  public float[] of(int layer, int values) {
    int tokens = chunks.stream().mapToInt(Chunk::validTokens).sum();
    int e = form.headDim();
    float[] all = new float[tokens * form.heads() * e];
    for (int token = 0; token < tokens; token++) {
      Chunk chunk = chunks.get(token / form.size());
      for (int head = 0; head < form.heads(); head++) {
        int from = form.place(layer, values, head, token % form.size());
        System.arraycopy(chunk.numbers, from, all, (token * form.heads() + head) * e, e);
      }
    }
    return all;
  }

  /** (chunks, r). */
  public float[] landmarks() {
    float[] all = new float[chunks.size() * form.landmarkDim()];
    for (int i = 0; i < chunks.size(); i++) {
      System.arraycopy(chunks.get(i).landmark, 0, all, i * form.landmarkDim(), form.landmarkDim());
    }
    return all;
  }
}
