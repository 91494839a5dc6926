package dev.cairn.vector;

import dev.cairn.kernel.Bfloat16;
import dev.cairn.model.ChunkForm;
import dev.cairn.model.EncodedChunks;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Collects the chunks of a block in the form in which they are stored.
 *
 * <p>Axes: c chunks, layers whose keys and values are kept, Hk key-value heads, S chunk_size, e
 * head_dim, r retrieval_dim.
 */
public final class ChunkBuffer implements KeptChunks {

  private final ChunkForm form;
  private final int[] validTokens;
  private final ByteBuffer keysValues; // BF16 (c, layers, 2, Hk, S, e), zeros where no token stands
  private final ByteBuffer landmarks; // BF16 (c, r)

  public ChunkBuffer(ChunkForm form, int tokens) {
    this.form = form;
    validTokens = form.validTokens(tokens);
    keysValues = littleEndian(validTokens.length * form.bytes());
    landmarks = littleEndian(validTokens.length * form.landmarkDim() * Short.BYTES);
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void keep(int layer, int token, float[] keys, float[] values, int at) {
    int e = form.headDim();
    for (int head = 0; head < form.heads(); head++) {
      put(keys, at + head * e, place(layer, 0, head, token));
      put(values, at + head * e, place(layer, 1, head, token));
    }
  }

  private int place(int layer, int values, int head, int token) {
    int chunk = token / form.size() * form.bytes();
    return chunk + form.place(layer, values, head, token % form.size()) * Short.BYTES;
  }

  private void put(float[] numbers, int from, int to) {
    for (int i = 0; i < form.headDim(); i++) {
      keysValues.putShort(to + i * Short.BYTES, Bfloat16.round(numbers[from + i]));
    }
  }

  @Override
  public void landmark(int chunk, float[] numbers, int at) {
    int row = chunk * form.landmarkDim();
    for (int i = 0; i < form.landmarkDim(); i++) {
      landmarks.putShort((row + i) * Short.BYTES, Bfloat16.round(numbers[at + i]));
    }
  }

  public EncodedChunks chunks() {
    return new EncodedChunks(
        validTokens.length, keysValues.duplicate(), landmarks.duplicate(), validTokens);
  }
}
