package dev.cairn.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Numbers of {@linkplain GroupFormat groups} on vectors that lie across the outputs of a panel.
 *
 * <p>A factor has 11 significant bits and a number 4 or 8: their product is exact in a float.
 */
final class VectorGroups {

  private static final VectorSpecies<Float> FLOATS = VectorKernel.FLOATS;
  private static final int LANES = VectorKernel.LANES;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(LANES * Short.SIZE));
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  private static final int HALF_BYTE = 4;
  private static final int INTEGERS_BYTES = Panels.WIDTH * Integer.BYTES;

  /** Bits of a float16's significand fall short of a float's by so many. */
  private static final int SHORTER = 13;

  private static final int SIGN_AND_REST = 0x8fff_e000;

  /** What the exponents of the two forms count from differs by this power. */
  private static final int BIAS = 112;

  private VectorGroups() {}

  /** As {@link Kernel#row} of groups. */
  static void row(
      GroupFormat format,
      MemorySegment panel,
      long panelAt,
      int groups,
      float[] x,
      int xAt,
      float[] sums) {
    float[] factors = new float[Panels.WIDTH];
    Arrays.fill(sums, 0, Panels.WIDTH, 0);
    for (int group = 0; group < groups; group++) {
      long at = panelAt + (long) group * format.panelGroupBytes();
      widenFactors(format.bits(), panel, at, factors);
      long numbersAt = at + GroupFormat.FACTOR_BYTES;
      int from = xAt + group * GroupFormat.GROUP;
      switch (format) {
        case Q4_0 -> add(HALF_BYTE, panel, numbersAt, factors, x, from, sums);
        case Q8_0 -> add(Byte.SIZE, panel, numbersAt, factors, x, from, sums);
      }
    }
  }

  /** As {@link Kernel#widen} of groups. */
  static void widen(
      GroupFormat format, MemorySegment panel, long panelAt, int groups, float[] target) {
    float[] factors = new float[Panels.WIDTH];
    for (int group = 0; group < groups; group++) {
      long at = panelAt + (long) group * format.panelGroupBytes();
      widenFactors(format.bits(), panel, at, factors);
      long numbersAt = at + GroupFormat.FACTOR_BYTES;
      int to = group * GroupFormat.GROUP * Panels.WIDTH;
      switch (format) {
        case Q4_0 -> widen(HALF_BYTE, panel, numbersAt, factors, target, to);
        case Q8_0 -> widen(Byte.SIZE, panel, numbersAt, factors, target, to);
      }
    }
  }

  /**
   * F16 numbers, finite ones, as floats, also those below the smallest normal number; less by the
   * power of two by which a number in the highest bits of an integer is more.
   */
  private static void widenFactors(int bits, MemorySegment panel, long at, float[] factors) {
    float power = Math.scalb(1f, BIAS - Integer.SIZE + bits);
    for (int column = 0; column < Panels.WIDTH; column += LANES) {
      ShortVector halves =
          ShortVector.fromMemorySegment(SHORTS, panel, at + (long) column * Short.BYTES, ORDER);
      IntVector wide = (IntVector) halves.convertShape(VectorOperators.S2I, INTS, 0);
      wide.lanewise(VectorOperators.LSHL, SHORTER)
          .and(SIGN_AND_REST)
          .reinterpretAsFloats()
          .mul(power)
          .intoArray(factors, column);
    }
  }

  /**
   * @param bits of a number, a constant where this is called, or else its shifts are slow
   */
  private static void add(
      int bits,
      MemorySegment panel,
      long numbersAt,
      float[] factors,
      float[] x,
      int xAt,
      float[] sums) {
    if (4 * LANES == Panels.WIDTH) {
      addFour(bits, panel, numbersAt, factors, x, xAt, sums);
    } else {
      addEach(bits, panel, numbersAt, factors, x, xAt, sums);
    }
  }

  /**
   * For wide vectors, of which a panel has few. Sums lie in memory between steps of one integer: so
   * the processor works at the next vectors of outputs while these sums, one addition after the
   * other, become ready.
   */
  private static void addEach(
      int bits,
      MemorySegment panel,
      long numbersAt,
      float[] factors,
      float[] x,
      int xAt,
      float[] sums) {
    int step = Integer.SIZE / bits;
    long at = numbersAt;
    for (int i = xAt; i < xAt + GroupFormat.GROUP; i += step) {
      for (int column = 0; column < Panels.WIDTH; column += LANES) {
        IntVector rest = integers(panel, at, column);
        FloatVector factor = VectorKernel.load(factors, column);
        FloatVector sum = VectorKernel.load(sums, column);
        for (int j = 0; j < step; j++) {
          FloatVector value = FloatVector.broadcast(FLOATS, x[i + j]);
          sum = first(bits, rest).mul(factor).fma(value, sum);
          rest = rest.lanewise(VectorOperators.LSHL, bits);
        }
        sum.intoArray(sums, column);
      }
      at += INTEGERS_BYTES;
    }
  }

  /**
   * For vectors of which four make a panel: their sums stay in registers. The compiler would write
   * out a loop that counts, and then lack registers; so the inner one shifts a bit away.
   */
  private static void addFour(
      int bits,
      MemorySegment panel,
      long numbersAt,
      float[] factors,
      float[] x,
      int xAt,
      float[] sums) {
    FloatVector a = VectorKernel.load(sums, 0);
    FloatVector b = VectorKernel.load(sums, LANES);
    FloatVector c = VectorKernel.load(sums, 2 * LANES);
    FloatVector d = VectorKernel.load(sums, 3 * LANES);
    long at = numbersAt;
    int next = xAt;
    while (next < xAt + GroupFormat.GROUP) {
      IntVector i = integers(panel, at, 0);
      IntVector j = integers(panel, at, LANES);
      IntVector k = integers(panel, at, 2 * LANES);
      IntVector l = integers(panel, at, 3 * LANES);
      at += INTEGERS_BYTES;
      for (int left = 1 << Integer.SIZE / bits - 1; left != 0; left >>>= 1) {
        FloatVector value = FloatVector.broadcast(FLOATS, x[next++]);
        a = first(bits, i).mul(VectorKernel.load(factors, 0)).fma(value, a);
        i = i.lanewise(VectorOperators.LSHL, bits);
        b = first(bits, j).mul(VectorKernel.load(factors, LANES)).fma(value, b);
        j = j.lanewise(VectorOperators.LSHL, bits);
        c = first(bits, k).mul(VectorKernel.load(factors, 2 * LANES)).fma(value, c);
        k = k.lanewise(VectorOperators.LSHL, bits);
        d = first(bits, l).mul(VectorKernel.load(factors, 3 * LANES)).fma(value, d);
        l = l.lanewise(VectorOperators.LSHL, bits);
      }
    }
    VectorKernel.store(a, b, sums, 0);
    VectorKernel.store(c, d, sums, 2 * LANES);
  }

  private static void widen(
      int bits,
      MemorySegment panel,
      long numbersAt,
      float[] factors,
      float[] target,
      int targetAt) {
    int step = Integer.SIZE / bits;
    long at = numbersAt;
    for (int i = 0; i < GroupFormat.GROUP; i += step) {
      for (int column = 0; column < Panels.WIDTH; column += LANES) {
        IntVector rest = integers(panel, at, column);
        FloatVector factor = VectorKernel.load(factors, column);
        int to = targetAt + i * Panels.WIDTH + column;
        for (int j = 0; j < step; j++) {
          first(bits, rest).mul(factor).intoArray(target, to + j * Panels.WIDTH);
          rest = rest.lanewise(VectorOperators.LSHL, bits);
        }
      }
      at += INTEGERS_BYTES;
    }
  }

  private static IntVector integers(MemorySegment panel, long at, int column) {
    return IntVector.fromMemorySegment(INTS, panel, at + (long) column * Integer.BYTES, ORDER);
  }

  /** The number in the highest bits of each integer, as much too high as factors are too low. */
  private static FloatVector first(int bits, IntVector integers) {
    return (FloatVector)
        integers.and(-1 << Integer.SIZE - bits).convertShape(VectorOperators.I2F, FLOATS, 0);
  }
}
