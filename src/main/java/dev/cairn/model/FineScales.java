package dev.cairn.model;

import static dev.cairn.model.Sizes.require;

import dev.cairn.kernel.Kernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * {@link KvLayout#fineScales}.
 *
 * <p>Axes: L layers, Hk key-value heads, S chunk_size, e head_dim.
 */
record FineScales(ChunkForm form, KvFormat format) implements KvLayout {

  private static final ValueLayout.OfShort FLOAT16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  FineScales {
    require(format.isScaled(), "fine scales are of scaled numbers");
    require(
        form.headDim() % format.numbersOfElement() == 0,
        "head_dim must be even where two numbers share a byte");
  }

  /** Keys have one of each channel, values one of each token. */
  private int scalesOfHead() {
    return form.headDim() + form.size();
  }

  @Override
  public int scaleBytes() {
    return form.layers() * form.heads() * scalesOfHead() * Short.BYTES;
  }

  @Override
  public void widen(StoredChunk chunk, float[] numbers, Kernel kernel) {
    Source source = source(chunk.keysValues(), kernel);
    float[] scales = widened(Objects.requireNonNull(chunk.scales()));
    int ofHead = form.size() * form.headDim();
    for (int head = 0; head < form.layers() * form.heads(); head++) {
      int layer = head / form.heads();
      int keysAt = (head + layer * form.heads()) * ofHead;
      int valuesAt = keysAt + form.heads() * ofHead;
      int scalesAt = head * scalesOfHead();
      source.read(keysAt, numbers);
      multiplyChannels(numbers, keysAt, scales, scalesAt, kernel);
      source.read(valuesAt, numbers);
      multiplyTokens(numbers, valuesAt, scales, scalesAt + form.headDim());
    }
  }

  private static float[] widened(MemorySegment scales) {
    float[] wide = new float[(int) (scales.byteSize() / Short.BYTES)];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = Float.float16ToFloat(scales.get(FLOAT16, (long) i * Short.BYTES));
    }
    return wide;
  }

  /** Reads the numbers of one head, (S, e), to the place that they have among all numbers. */
  private interface Source {
    void read(int at, float[] numbers);
  }

  private Source source(MemorySegment numbers, Kernel kernel) {
    int ofHead = form.size() * form.headDim();
    if (format == KvFormat.INT8) {
      return (at, target) -> kernel.widen(numbers, at, ofHead, target, at);
    }
    byte[] pairs = new byte[ofHead / 2];
    return (at, target) -> {
      MemorySegment.copy(numbers, ValueLayout.JAVA_BYTE, at / 2, pairs, 0, pairs.length);
      unpack(pairs, target, at);
    };
  }

  private void unpack(byte[] pairs, float[] target, int targetAt) {
    int half = form.headDim() / 2;
    for (int from = 0; from < pairs.length; from += half) {
      int low = targetAt + 2 * from;
      int high = low + half;
      for (int i = 0; i < half; i++) {
        target[low + i] = (pairs[from + i] << 28) >> 28;
        target[high + i] = pairs[from + i] >> 4;
      }
    }
  }

  private void multiplyChannels(float[] keys, int at, float[] scales, int scalesAt, Kernel kernel) {
    int e = form.headDim();
    for (int token = 0; token < form.size(); token++) {
      int row = at + token * e;
      kernel.multiply(keys, row, scales, scalesAt, keys, row, e);
    }
  }

  private void multiplyTokens(float[] values, int at, float[] scales, int scalesAt) {
    int e = form.headDim();
    for (int token = 0; token < form.size(); token++) {
      float scale = scales[scalesAt + token];
      int row = at + token * e;
      for (int i = 0; i < e; i++) {
        values[row + i] *= scale;
      }
    }
  }
}
