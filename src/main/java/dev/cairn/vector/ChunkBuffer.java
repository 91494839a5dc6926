package dev.cairn.vector;

import dev.cairn.kernel.Bfloat16;
import dev.cairn.model.ChunkForm;
import dev.cairn.model.EncodedChunks;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Collects the chunks of a block in the form in which they are stored.
 *
 * <p>Axes: c chunks, Hm memory_kv_heads, S chunk_size, e head_dim, r retrieval_dim.
 */
public final class ChunkBuffer {

  private final ChunkForm form;
  private final int[] validTokens;
  private final ByteBuffer keysValues; // BF16 (c, 2, Hm, S, e), zeros where no token stands
  private final ByteBuffer landmarks; // BF16 (c, r)
  private int count;

  public ChunkBuffer(ChunkForm form, int tokens) {
    this.form = form;
    validTokens = form.validTokens(tokens);
    keysValues = littleEndian(validTokens.length * form.bytes());
    landmarks = littleEndian(validTokens.length * form.landmarkDim() * Short.BYTES);
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Adds the next chunk.
   *
   * @param keys (valid tokens, Hm * e) from at on
   * @param values the same
   * @param landmark (r) from landmarkAt on
   */
  void add(float[] keys, float[] values, int at, float[] landmark, int landmarkAt) {
    int valid = validTokens[count];
    put(keys, at, valid, count * form.bytes());
    put(values, at, valid, count * form.bytes() + form.bytes() / 2);
    for (int i = 0; i < form.landmarkDim(); i++) {
      landmarks.putShort(Bfloat16.round(landmark[landmarkAt + i]));
    }
    count++;
  }

  /** (valid tokens, Hm, e) to (Hm, S, e). */
  private void put(float[] numbers, int at, int valid, int target) {
    int e = form.headDim();
    for (int head = 0; head < form.heads(); head++) {
      for (int token = 0; token < valid; token++) {
        int from = at + (token * form.heads() + head) * e;
        int to = target + (head * form.size() + token) * e * Short.BYTES;
        for (int i = 0; i < e; i++) {
          keysValues.putShort(to + i * Short.BYTES, Bfloat16.round(numbers[from + i]));
        }
      }
    }
  }

  public EncodedChunks chunks() {
    return new EncodedChunks(
        validTokens.length, keysValues.duplicate(), landmarks.flip(), validTokens);
  }
}
