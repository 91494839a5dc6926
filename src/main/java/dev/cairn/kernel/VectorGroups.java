package dev.cairn.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Numbers of {@linkplain GroupFormat groups} on vectors that lie across the outputs of a panel.
 *
 * <p>A factor has 11 significant bits and a number 4 or 8, so a fused multiply-add, factor * number
 * - factor * ZERO, gives the widened number exactly.
 */
final class VectorGroups {

  private static final VectorSpecies<Float> FLOATS = VectorKernel.FLOATS;
  private static final int LANES = VectorKernel.LANES;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(LANES * Short.SIZE));
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  /** Bits of a float16's significand fall short of a float's by so many. */
  private static final int SHORTER = 13;

  private static final int SIGN_AND_REST = 0x8fff_e000;

  /** What the exponents of the two forms count from differs by this power. */
  private static final float BIAS = 0x1p112f;

  private VectorGroups() {}

  /** F16 numbers, finite ones, as floats; also those below the smallest normal number. */
  private static FloatVector factors(MemorySegment panel, long at) {
    ShortVector halves = ShortVector.fromMemorySegment(SHORTS, panel, at, ORDER);
    IntVector bits = (IntVector) halves.convertShape(VectorOperators.S2I, INTS, 0);
    return bits.lanewise(VectorOperators.LSHL, SHORTER)
        .and(SIGN_AND_REST)
        .reinterpretAsFloats()
        .mul(BIAS);
  }

  private static IntVector integers(MemorySegment panel, long at) {
    return IntVector.fromMemorySegment(INTS, panel, at, ORDER);
  }

  private static FloatVector number(IntVector eight, int place) {
    return (FloatVector)
        eight
            .lanewise(VectorOperators.LSHR, place * 4)
            .and(0xf)
            .convertShape(VectorOperators.I2F, FLOATS, 0);
  }

  static void halfByteRow(
      MemorySegment panel, long panelAt, int groups, float[] x, int xAt, float[] sums) {
    for (int column = 0; column < Panels.WIDTH; column += 4 * LANES) {
      FloatVector a = FloatVector.zero(FLOATS);
      FloatVector b = a;
      FloatVector c = a;
      FloatVector d = a;
      for (int group = 0; group < groups; group++) {
        long at = panelAt + (long) group * 576 + column * 2;
        FloatVector af = factors(panel, at);
        FloatVector bf = factors(panel, at + 2 * LANES);
        FloatVector cf = factors(panel, at + 4 * LANES);
        FloatVector df = factors(panel, at + 6 * LANES);
        long numbers = panelAt + (long) group * 576 + 64 + column * 4;
        for (int i = 0; i < 4; i++) {
          int t = xAt + group * 32 + i * 8;
          a = eight(integers(panel, numbers + i * 128), af, x, t, a);
          b = eight(integers(panel, numbers + i * 128 + 4 * LANES), bf, x, t, b);
          c = eight(integers(panel, numbers + i * 128 + 8 * LANES), cf, x, t, c);
          d = eight(integers(panel, numbers + i * 128 + 12 * LANES), df, x, t, d);
        }
      }
      a.intoArray(sums, column);
      b.intoArray(sums, column + LANES);
      c.intoArray(sums, column + 2 * LANES);
      d.intoArray(sums, column + 3 * LANES);
    }
  }

  private static FloatVector eight(
      IntVector numbers, FloatVector factor, float[] x, int at, FloatVector sum) {
    FloatVector zero = factor.mul(-GroupFormat.ZERO);
    FloatVector s = sum;
    s = number(numbers, 0).fma(factor, zero).fma(FloatVector.broadcast(FLOATS, x[at]), s);
    s = number(numbers, 1).fma(factor, zero).fma(FloatVector.broadcast(FLOATS, x[at + 1]), s);
    s = number(numbers, 2).fma(factor, zero).fma(FloatVector.broadcast(FLOATS, x[at + 2]), s);
    s = number(numbers, 3).fma(factor, zero).fma(FloatVector.broadcast(FLOATS, x[at + 3]), s);
    s = number(numbers, 4).fma(factor, zero).fma(FloatVector.broadcast(FLOATS, x[at + 4]), s);
    s = number(numbers, 5).fma(factor, zero).fma(FloatVector.broadcast(FLOATS, x[at + 5]), s);
    s = number(numbers, 6).fma(factor, zero).fma(FloatVector.broadcast(FLOATS, x[at + 6]), s);
    s = number(numbers, 7).fma(factor, zero).fma(FloatVector.broadcast(FLOATS, x[at + 7]), s);
    return s;
  }

  static void widenHalfBytes(MemorySegment panel, long panelAt, int groups, float[] target) {
    for (int group = 0; group < groups; group++) {
      long at = panelAt + (long) group * 576;
      for (int column = 0; column < Panels.WIDTH; column += LANES) {
        FloatVector factor = factors(panel, at + column * 2);
        FloatVector zero = factor.mul(-GroupFormat.ZERO);
        for (int i = 0; i < 4; i++) {
          IntVector eight = integers(panel, at + 64 + i * 128 + column * 4);
          int to = (group * 32 + i * 8) * Panels.WIDTH + column;
          number(eight, 0).fma(factor, zero).intoArray(target, to);
          number(eight, 1).fma(factor, zero).intoArray(target, to + 32);
          number(eight, 2).fma(factor, zero).intoArray(target, to + 64);
          number(eight, 3).fma(factor, zero).intoArray(target, to + 96);
          number(eight, 4).fma(factor, zero).intoArray(target, to + 128);
          number(eight, 5).fma(factor, zero).intoArray(target, to + 160);
          number(eight, 6).fma(factor, zero).intoArray(target, to + 192);
          number(eight, 7).fma(factor, zero).intoArray(target, to + 224);
        }
      }
    }
  }
}
