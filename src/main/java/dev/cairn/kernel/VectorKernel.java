package dev.cairn.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Vectors of the processor's own width. */
final class VectorKernel implements Kernel {

  static final VectorSpecies<Float> FLOATS =
      isFast() ? FloatVector.SPECIES_PREFERRED : FloatVector.SPECIES_256;

  static final int LANES = FLOATS.length();
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(LANES * Byte.SIZE));
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(LANES * Short.SIZE));
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  private final ScalarKernel scalar = new ScalarKernel();

  /** Whether the JVM turns these vectors into single instructions on this processor. */
  static boolean isFast() {
    int bits = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    return bits == 256 || bits == 512;
  }

  @Override
  public String description() {
    return "vectors of %d bits".formatted(FLOATS.vectorBitSize());
  }

  @Override
  public void row(MemorySegment panel, long panelAt, int inputs, float[] x, int xAt, float[] sums) {
    for (int column = 0; column < Panels.WIDTH; column += 2 * LANES) {
      FloatVector left = FloatVector.zero(FLOATS);
      FloatVector right = left;
      long at = panelAt + column;
      for (int i = 0; i < inputs; i++) {
        FloatVector value = FloatVector.broadcast(FLOATS, x[xAt + i]);
        left = floats(panel, at).fma(value, left);
        right = floats(panel, at + LANES).fma(value, right);
        at += Panels.WIDTH;
      }
      left.intoArray(sums, column);
      right.intoArray(sums, column + LANES);
    }
  }

  @Override
  public void rows(
      MemorySegment panel, long panelAt, int inputs, float[] x, int[] rowAt, float[] sums) {
    for (int column = 0; column < Panels.WIDTH; column += 2 * LANES) {
      BytePasses.rows(panel, panelAt + column, inputs, x, rowAt, sums, column);
    }
  }

  @Override
  public void row(
      GroupFormat format,
      MemorySegment panel,
      long panelAt,
      int groups,
      float[] x,
      int xAt,
      float[] sums) {
    VectorGroups.row(format, panel, panelAt, groups, x, xAt, sums);
  }

  @Override
  public void widen(GroupFormat format, MemorySegment panel, long at, int groups, float[] target) {
    VectorGroups.widen(format, panel, at, groups, target);
  }

  static FloatVector floats(MemorySegment bytes, long at) {
    ByteVector vector = ByteVector.fromMemorySegment(BYTES, bytes, at, ORDER);
    return (FloatVector) vector.convertShape(VectorOperators.B2F, FLOATS, 0);
  }

  @Override
  public void addColumnsOfRows(
      float[] matrix,
      int matrixAt,
      int stride,
      int terms,
      float[] x,
      int[] rowAt,
      float[] sums,
      int sumsAt,
      int sumsStride,
      int columns) {
    int rows;
    for (int row = 0; row < rowAt.length; row += rows) {
      rows = RowPasses.next(rowAt.length - row);
      int at = sumsAt + row * sumsStride;
      int column = 0;
      int width = RowPasses.columns(rows);
      for (; rows > 1 && column + width <= columns; column += width) {
        int from = matrixAt + column;
        RowPasses.add(
            rows, matrix, from, stride, terms, x, rowAt, row, sums, at + column, sumsStride);
      }
      for (int each = 0; column < columns && each < rows; each++) {
        int to = at + each * sumsStride + column;
        int from = matrixAt + column;
        addColumns(matrix, from, stride, terms, x, rowAt[row + each], sums, to, columns - column);
      }
    }
  }

  static FloatVector load(float[] numbers, int at) {
    return FloatVector.fromArray(FLOATS, numbers, at);
  }

  static void store(FloatVector left, FloatVector right, float[] sums, int at) {
    left.intoArray(sums, at);
    right.intoArray(sums, at + LANES);
  }

  /** Four vectors at a time: fewer would wait for their stores. */
  @Override
  public void widen(MemorySegment bytes, long at, int count, float[] target, int targetAt) {
    int i = 0;
    for (; i + 4 * LANES <= count; i += 4 * LANES) {
      FloatVector a = floats(bytes, at + i);
      FloatVector b = floats(bytes, at + i + LANES);
      FloatVector c = floats(bytes, at + i + 2 * LANES);
      FloatVector d = floats(bytes, at + i + 3 * LANES);
      store(a, b, target, targetAt + i);
      store(c, d, target, targetAt + i + 2 * LANES);
    }
    scalar.widen(bytes, at + i, count - i, target, targetAt + i);
  }

  /** A BF16 number is the upper half of an F32 number. */
  @Override
  public void widenBfloat16(
      MemorySegment shorts, long at, int count, float[] target, int targetAt) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      ShortVector stored =
          ShortVector.fromMemorySegment(SHORTS, shorts, at + (long) i * Short.BYTES, ORDER);
      IntVector wide = (IntVector) stored.convertShape(VectorOperators.S2I, INTS, 0);
      wide.lanewise(VectorOperators.LSHL, Short.SIZE)
          .reinterpretAsFloats()
          .intoArray(target, targetAt + i);
    }
    scalar.widenBfloat16(shorts, at + (long) i * Short.BYTES, count - i, target, targetAt + i);
  }

  @Override
  public void addColumns(
      float[] matrix,
      int matrixAt,
      int stride,
      int terms,
      float[] x,
      int xAt,
      float[] sums,
      int sumsAt,
      int columns) {
    int column = 0;
    for (; column + 4 * LANES <= columns; column += 4 * LANES) {
      fourVectors(matrix, matrixAt + column, stride, terms, x, xAt, sums, sumsAt + column);
    }
    for (; column + LANES <= columns; column += LANES) {
      oneVector(matrix, matrixAt + column, stride, terms, x, xAt, sums, sumsAt + column);
    }
    scalar.addColumns(
        matrix, matrixAt + column, stride, terms, x, xAt, sums, sumsAt + column, columns - column);
  }

  private static void fourVectors(
      float[] matrix, int at, int stride, int terms, float[] x, int xAt, float[] sums, int sumsAt) {
    FloatVector a = load(sums, sumsAt);
    FloatVector b = load(sums, sumsAt + LANES);
    FloatVector c = load(sums, sumsAt + 2 * LANES);
    FloatVector d = load(sums, sumsAt + 3 * LANES);
    for (int term = 0; term < terms; term++) {
      FloatVector value = FloatVector.broadcast(FLOATS, x[xAt + term]);
      int row = at + term * stride;
      a = load(matrix, row).fma(value, a);
      b = load(matrix, row + LANES).fma(value, b);
      c = load(matrix, row + 2 * LANES).fma(value, c);
      d = load(matrix, row + 3 * LANES).fma(value, d);
    }
    store(a, b, sums, sumsAt);
    store(c, d, sums, sumsAt + 2 * LANES);
  }

  private static void oneVector(
      float[] matrix, int at, int stride, int terms, float[] x, int xAt, float[] sums, int sumsAt) {
    FloatVector sum = load(sums, sumsAt);
    for (int term = 0; term < terms; term++) {
      FloatVector value = FloatVector.broadcast(FLOATS, x[xAt + term]);
      sum = load(matrix, at + term * stride).fma(value, sum);
    }
    sum.intoArray(sums, sumsAt);
  }

  @Override
  public float dot(float[] a, int aAt, float[] b, int bAt, int count) {
    FloatVector sums = FloatVector.zero(FloatVector.SPECIES_256);
    int i = 0;
    for (; i + 8 <= count; i += 8) {
      FloatVector left = FloatVector.fromArray(FloatVector.SPECIES_256, a, aAt + i);
      sums = left.fma(FloatVector.fromArray(FloatVector.SPECIES_256, b, bAt + i), sums);
    }
    float first = sums.lane(0);
    for (; i < count; i++) {
      first = Math.fma(a[aAt + i], b[bAt + i], first);
    }
    return ((first + sums.lane(1)) + (sums.lane(2) + sums.lane(3)))
        + ((sums.lane(4) + sums.lane(5)) + (sums.lane(6) + sums.lane(7)));
  }

  @Override
  public void multiply(float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      load(a, aAt + i).mul(load(b, bAt + i)).intoArray(y, yAt + i);
    }
    scalar.multiply(a, aAt + i, b, bAt + i, y, yAt + i, count - i);
  }

  @Override
  public void add(float[] target, int targetAt, float[] source, int sourceAt, int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      load(target, targetAt + i).add(load(source, sourceAt + i)).intoArray(target, targetAt + i);
    }
    scalar.add(target, targetAt + i, source, sourceAt + i, count - i);
  }

  @Override
  public float highest(float[] x, int at, int count) {
    if (count < LANES) {
      return scalar.highest(x, at, count);
    }
    FloatVector highest = load(x, at);
    for (int i = LANES; i + LANES <= count; i += LANES) {
      highest = highest.max(load(x, at + i));
    }
    return highest.max(load(x, at + count - LANES)).reduceLanes(VectorOperators.MAX);
  }

  @Override
  public void exp(float[] x, int at, int count, float shift) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      VectorExponential.of(load(x, at + i).sub(shift)).intoArray(x, at + i);
    }
    scalar.exp(x, at + i, count - i, shift);
  }

  @Override
  public void swiGlu(float[] gate, float[] up, int at, int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      FloatVector g = load(gate, at + i);
      FloatVector sigmoidDivisor = VectorExponential.of(g.neg()).add(1);
      g.div(sigmoidDivisor).mul(load(up, at + i)).intoArray(gate, at + i);
    }
    scalar.swiGlu(gate, up, at + i, count - i);
  }
}
