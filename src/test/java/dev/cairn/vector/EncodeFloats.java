package dev.cairn.vector;

import dev.cairn.model.ChunkForm;
import dev.cairn.model.FloatChunks;
import dev.cairn.model.FloatChunks.Chunk;
import java.util.Arrays;
import java.util.List;

/** Encodes a block into chunks of 32 bits. */
record EncodeFloats(ChunkForm form, List<Chunk> chunks) implements KeptChunks {

  /** Encodes a document block by block. */
  static FloatChunks document(LayersDocumentPass pass, int blockTokens, ChunkForm form, int[] ids) {
    FloatChunks document = new FloatChunks(form);
    for (int from = 0; from < ids.length; from += blockTokens) {
      int[] block = Arrays.copyOfRange(ids, from, Math.min(ids.length, from + blockTokens));
      EncodeFloats encoded = new EncodeFloats(form, zeros(form, block.length));
      pass.encode(block, encoded, () -> {});
      encoded.chunks.forEach(document::add);
    }
    return document;
  }

  private static List<Chunk> zeros(ChunkForm form, int tokens) {
    return Arrays.stream(form.validTokens(tokens))
        .mapToObj(
            valid -> new Chunk(new float[form.numbers()], new float[form.landmarkDim()], valid))
        .toList();
  }

  @Override
  public void keep(int layer, int token, float[] keys, float[] values, int at) {
    float[] numbers = chunks.get(token / form.size()).numbers();
    int e = form.headDim();
    int place = token % form.size();
    for (int head = 0; head < form.heads(); head++) {
      System.arraycopy(keys, at + head * e, numbers, form.place(layer, 0, head, place), e);
      System.arraycopy(values, at + head * e, numbers, form.place(layer, 1, head, place), e);
    }
  }

  @Override
  public void landmark(int chunk, float[] landmarks, int at) {
    System.arraycopy(landmarks, at, chunks.get(chunk).landmark(), 0, form.landmarkDim());
  }
}
