package dev.cairn.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/** Numbers of 16 bits: the upper half of a 32-bit float. */
public final class Bfloat16 {

  private static final int QUIET_NAN = 0x7fc0;

  private Bfloat16() {}

  /** The nearest number, a tie to the even one. */
  public static short round(float value) {
    if (Float.isNaN(value)) {
      return QUIET_NAN;
    }
    int bits = Float.floatToRawIntBits(value);
    int tie = bits >>> Short.SIZE & 1;
    return (short) (bits + 0x7fff + tie >>> Short.SIZE);
  }

  public static float widen(short value) {
    return Float.intBitsToFloat(value << Short.SIZE);
  }

  /** Little-endian bytes of the rounded numbers, ready to be read. */
  public static ByteBuffer round(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putShort(round(value));
    }
    return bytes.flip();
  }

  /** The numbers that little-endian bytes stand for. */
  public static float[] widen(ByteBuffer bytes) {
    ShortBuffer shorts = bytes.order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    float[] values = new float[shorts.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = widen(shorts.get());
    }
    return values;
  }
}
