package dev.cairn.vector;

import dev.cairn.model.ChunkForm;
import dev.cairn.model.Layers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is kept of a document, in 32 bits. */
final class FloatChunks {

  private final ChunkForm form;
  private final List<Chunk> chunks = new ArrayList<>();

  /**
   * @param numbers (layers, 2, Hk, S, e)
   * @param landmark (r)
   */
  record Chunk(float[] numbers, float[] landmark, int validTokens) {}

  private FloatChunks(ChunkForm form) {
    this.form = form;
  }

  /** Encodes a document block by block. */
  static FloatChunks encode(LayersDocumentPass pass, Layers form, int[] ids) {
    FloatChunks document = new FloatChunks(form.chunk());
    for (int from = 0; from < ids.length; from += form.blockTokens()) {
      int[] block = Arrays.copyOfRange(ids, from, Math.min(ids.length, from + form.blockTokens()));
      pass.encode(block, document.block(block.length), () -> {});
    }
    return document;
  }

  private KeptChunks block(int tokens) {
    int first = chunks.size();
    for (int valid : form.validTokens(tokens)) {
      chunks.add(new Chunk(new float[form.numbers()], new float[form.landmarkDim()], valid));
    }
    return new KeptChunks() {
      @Override
      public void keep(int layer, int token, float[] keys, float[] values, int at) {
        Chunk chunk = chunks.get(first + token / form.size());
        for (int head = 0; head < form.heads(); head++) {
          int e = form.headDim();
          int place = token % form.size();
          System.arraycopy(
              keys, at + head * e, chunk.numbers, form.place(layer, 0, head, place), e);
          System.arraycopy(
              values, at + head * e, chunk.numbers, form.place(layer, 1, head, place), e);
        }
      }

      @Override
      public void landmark(int chunk, float[] landmarks, int at) {
        System.arraycopy(landmarks, at, chunks.get(first + chunk).landmark, 0, form.landmarkDim());
      }
    };
  }

  List<Chunk> chunks() {
    return chunks;
  }

  /**
   * Keys or values of all tokens, (tokens, Hk, e).
   *
   * @param values 0 for keys, 1 for values
   */
  float[] of(int layer, int values) {
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
  float[] landmarks() {
    float[] all = new float[chunks.size() * form.landmarkDim()];
    for (int i = 0; i < chunks.size(); i++) {
      System.arraycopy(chunks.get(i).landmark, 0, all, i * form.landmarkDim(), form.landmarkDim());
    }
    return all;
  }
}
