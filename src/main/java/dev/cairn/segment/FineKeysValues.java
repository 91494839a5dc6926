package dev.cairn.segment;

import dev.cairn.kernel.Kernel;
import dev.cairn.model.ChunkForm;
import dev.cairn.model.KvFormat;
import dev.cairn.model.KvLayout;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Keys and values of chunks in few bits, as {@link KvLayout#fineScales} lays them out. Where no
 * token stands, zeros do, and they have no part in the scales. Used by one thread.
 *
 * <p>Axes: L layers, Hk key-value heads, S chunk_size, v valid tokens of a chunk, e head_dim.
 */
final class FineKeysValues {

  private static final Kernel KERNEL = Kernel.fastest();

  private final ChunkForm form;

  private final KvFormat format;

  private final ColumnScales columnScales;

  private final float[] head; // (S, e), as the model gives it

  private final float[] turned; // (e, v)

  private final byte[] numbers; // (S, e)

  FineKeysValues(SegmentShape shape) {
    this.form = shape.form();
    this.format = shape.kvFormat();
    this.columnScales = ColumnScales.of(format);
    this.head = new float[form.size() * form.headDim()];
    this.turned = new float[head.length];
    this.numbers = new byte[head.length];
  }

  /**
   * @param keysValues BF16 little-endian (L, 2, Hk, S, e)
   * @param stored the numbers (L, 2, Hk, S, e), written from its position on
   * @param scales F16 little-endian (L, Hk, e + S), written from its position on
   */
  void quantize(ByteBuffer keysValues, int validTokens, ByteBuffer stored, ByteBuffer scales) {
    MemorySegment heads = MemorySegment.ofBuffer(keysValues);
    int scalesAt = scales.position();
    for (int layer = 0; layer < form.layers(); layer++) {
      for (int i = 0; i < form.heads(); i++) {
        read(heads, 2 * layer * form.heads() + i);
        quantizeKeys(validTokens, scales.position(scalesAt + scalesBefore(layer, i)));
        put(stored);
      }
      for (int i = 0; i < form.heads(); i++) {
        read(heads, (2 * layer + 1) * form.heads() + i);
        int ofKeys = form.headDim() * Short.BYTES;
        quantizeValues(validTokens, scales.position(scalesAt + scalesBefore(layer, i) + ofKeys));
        put(stored);
      }
    }
    scales.position(scalesAt + scalesBefore(form.layers(), 0));
  }

  /** Bytes of the scales of all heads before this one. */
  private int scalesBefore(int layer, int number) {
    return (layer * form.heads() + number) * (form.headDim() + form.size()) * Short.BYTES;
  }

  private void read(MemorySegment heads, int number) {
    KERNEL.widenBfloat16(heads, (long) number * head.length * Short.BYTES, head.length, head, 0);
    Arrays.fill(numbers, (byte) 0);
  }

  private void quantizeKeys(int valid, ByteBuffer target) {
    float[] scales = columnScales.choose(head, valid, form.headDim());
    float[] inverses = columnScales.inverses(scales);
    for (int at = 0; at < valid * form.headDim(); at += form.headDim()) {
      for (int i = 0; i < form.headDim(); i++) {
        numbers[at + i] = (byte) columnScales.number(head[at + i], inverses[i]);
      }
    }
    put(scales, target);
  }

  private void quantizeValues(int valid, ByteBuffer target) {
    for (int token = 0; token < valid; token++) {
      for (int i = 0; i < form.headDim(); i++) {
        turned[i * valid + token] = head[token * form.headDim() + i];
      }
    }
    float[] scales = columnScales.choose(turned, form.headDim(), valid);
    float[] inverses = columnScales.inverses(scales);
    for (int token = 0; token < valid; token++) {
      int at = token * form.headDim();
      for (int i = 0; i < form.headDim(); i++) {
        numbers[at + i] = (byte) columnScales.number(head[at + i], inverses[token]);
      }
    }
    put(scales, target);
  }

  private static void put(float[] scales, ByteBuffer target) {
    for (float scale : scales) {
      target.putShort(Float.floatToFloat16(scale));
    }
  }

  private void put(ByteBuffer stored) {
    if (format == KvFormat.INT8) {
      stored.put(numbers);
      return;
    }
    int half = form.headDim() / 2;
    for (int at = 0; at < numbers.length; at += form.headDim()) {
      for (int i = at; i < at + half; i++) {
        stored.put((byte) (numbers[i] & 0xf | numbers[i + half] << 4));
      }
    }
  }
}
