package dev.cairn.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Plain loops, for a JVM without the vector module and for processors with short vectors. */
final class ScalarKernel implements Kernel {

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  @Override
  public String description() {
    return "plain loops";
  }

  @Override
  public void row(MemorySegment panel, long panelAt, int inputs, float[] x, int xAt, float[] sums) {
    Arrays.fill(sums, 0, Panels.WIDTH, 0);
    for (int i = 0; i < inputs; i++) {
      long at = panelAt + (long) i * Panels.WIDTH;
      for (int j = 0; j < Panels.WIDTH; j++) {
        sums[j] = Math.fma(panel.get(ValueLayout.JAVA_BYTE, at + j), x[xAt + i], sums[j]);
      }
    }
  }

  @Override
  public void rows(
      MemorySegment panel, long panelAt, int inputs, float[] x, int[] rowAt, float[] sums) {
    float[] widened = new float[inputs * Panels.WIDTH];
    widen(panel, panelAt, widened.length, widened, 0);
    columnsOfRows(widened, 0, Panels.WIDTH, inputs, x, rowAt, sums, 0, Panels.WIDTH, Panels.WIDTH);
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
    float[] floats = new float[GroupFormat.GROUP * Panels.WIDTH];
    Arrays.fill(sums, 0, Panels.WIDTH, 0);
    for (int group = 0; group < groups; group++) {
      widen(format, panel, panelAt + (long) group * format.panelGroupBytes(), 1, floats);
      int at = xAt + group * GroupFormat.GROUP;
      addColumns(floats, 0, Panels.WIDTH, GroupFormat.GROUP, x, at, sums, 0, Panels.WIDTH);
    }
  }

  @Override
  public void widen(GroupFormat format, MemorySegment panel, long at, int groups, float[] target) {
    for (int group = 0; group < groups; group++) {
      for (int column = 0; column < Panels.WIDTH; column++) {
        long from = at + (long) group * format.panelGroupBytes();
        widenColumn(format, panel, from, column, target, group * GroupFormat.GROUP * Panels.WIDTH);
      }
    }
  }

  private static void widenColumn(
      GroupFormat format, MemorySegment panel, long group, int column, float[] target, int to) {
    float factor = Float.float16ToFloat(panel.get(SHORT, group + (long) column * Short.BYTES));
    long numbersAt = group + GroupFormat.FACTOR_BYTES;
    for (int i = 0; i < GroupFormat.GROUP; i++) {
      long place = (long) i / format.inAnInteger() * Panels.WIDTH + column;
      int integer = panel.get(INT, numbersAt + place * Integer.BYTES);
      int number = format.number(integer, i % format.inAnInteger());
      target[to + i * Panels.WIDTH + column] = factor * number;
    }
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
    for (int row = 0; row < rowAt.length; row++) {
      int at = sumsAt + row * sumsStride;
      addColumns(matrix, matrixAt, stride, terms, x, rowAt[row], sums, at, columns);
    }
  }

  @Override
  public void widen(MemorySegment bytes, long at, int count, float[] target, int targetAt) {
    for (int i = 0; i < count; i++) {
      target[targetAt + i] = bytes.get(ValueLayout.JAVA_BYTE, at + i);
    }
  }

  @Override
  public void widenBfloat16(
      MemorySegment shorts, long at, int count, float[] target, int targetAt) {
    for (int i = 0; i < count; i++) {
      target[targetAt + i] = Bfloat16.widen(shorts.get(SHORT, at + (long) i * Short.BYTES));
    }
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
    for (int term = 0; term < terms; term++) {
      for (int column = 0; column < columns; column++) {
        sums[sumsAt + column] =
            Math.fma(
                matrix[matrixAt + term * stride + column], x[xAt + term], sums[sumsAt + column]);
      }
    }
  }

  @Override
  public float dot(float[] a, int aAt, float[] b, int bAt, int count) {
    float[] sums = new float[8];
    int whole = count / 8 * 8;
    for (int i = 0; i < whole; i++) {
      sums[i % 8] = Math.fma(a[aAt + i], b[bAt + i], sums[i % 8]);
    }
    for (int i = whole; i < count; i++) {
      sums[0] = Math.fma(a[aAt + i], b[bAt + i], sums[0]);
    }
    return ((sums[0] + sums[1]) + (sums[2] + sums[3]))
        + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
  }

  @Override
  public void multiply(float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int count) {
    for (int i = 0; i < count; i++) {
      y[yAt + i] = a[aAt + i] * b[bAt + i];
    }
  }

  @Override
  public void add(float[] target, int targetAt, float[] source, int sourceAt, int count) {
    for (int i = 0; i < count; i++) {
      target[targetAt + i] += source[sourceAt + i];
    }
  }

  @Override
  public float highest(float[] x, int at, int count) {
    float highest = x[at];
    for (int i = at + 1; i < at + count; i++) {
      highest = Math.max(highest, x[i]);
    }
    return highest;
  }

  @Override
  public void exp(float[] x, int at, int count, float shift) {
    for (int i = at; i < at + count; i++) {
      x[i] = ScalarExponential.of(x[i] - shift);
    }
  }

  @Override
  public void swiGlu(float[] gate, float[] up, int at, int count) {
    for (int i = at; i < at + count; i++) {
      gate[i] = gate[i] / (1 + ScalarExponential.of(-gate[i])) * up[i];
    }
  }
}
