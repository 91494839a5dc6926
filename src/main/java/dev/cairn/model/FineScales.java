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

  /** Plain loops, which are quick from the first answer on; vectors first have to be compiled. */
  @Override
  public void widen(StoredChunk chunk, float[] numbers, Kernel kernel) {
    float[] scales = widened(Objects.requireNonNull(chunk.scales()));
    byte[] head = new byte[ofHead() / format.numbersOfElement()];
    for (int i = 0; i < form.layers() * form.heads(); i++) {
      int keys = i + i / form.heads() * form.heads();
      int values = keys + form.heads();
      int scalesAt = i * scalesOfHead();
      read(chunk.keysValues(), keys, head, numbers);
      multiplyChannels(numbers, keys * ofHead(), scales, scalesAt);
      read(chunk.keysValues(), values, head, numbers);
      multiplyTokens(numbers, values * ofHead(), scales, scalesAt + form.headDim());
    }
  }

  private int ofHead() {
    return form.size() * form.headDim();
  }

  private static float[] widened(MemorySegment scales) {
    float[] wide = new float[(int) (scales.byteSize() / Short.BYTES)];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = Float.float16ToFloat(scales.get(FLOAT16, (long) i * Short.BYTES));
    }
    return wide;
  }

  /**
   * Reads the whole numbers of one head, (S, e), to their place among all.
   *
   * @param head room for their bytes
   */
  private void read(MemorySegment stored, int number, byte[] head, float[] numbers) {
    MemorySegment.copy(
        stored, ValueLayout.JAVA_BYTE, (long) number * head.length, head, 0, head.length);
    if (format == KvFormat.INT4) {
      unpack(head, numbers, number * ofHead());
    } else {
      copy(head, numbers, number * ofHead());
    }
  }

  private static void copy(byte[] whole, float[] target, int at) {
    for (int i = 0; i < whole.length; i++) {
      target[at + i] = whole[i];
    }
  }

  private void unpack(byte[] pairs, float[] target, int at) {
    int half = form.headDim() / 2;
    for (int from = 0; from < pairs.length; from += half) {
      int low = at + 2 * from;
      int high = low + half;
      for (int i = 0; i < half; i++) {
        target[low + i] = pairs[from + i] << 28 >> 28;
        target[high + i] = pairs[from + i] >> 4;
      }
    }
  }

  private void multiplyChannels(float[] keys, int at, float[] scales, int scalesAt) {
    int e = form.headDim();
    for (int row = at; row < at + ofHead(); row += e) {
      for (int i = 0; i < e; i++) {
        keys[row + i] *= scales[scalesAt + i];
      }
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
