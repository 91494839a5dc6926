package dev.cairn.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.kernel.Bfloat16;
import dev.cairn.kernel.Kernel;
import dev.cairn.model.ChunkForm;
import dev.cairn.model.KvFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is read back of keys and values that were stored with fine scales. */
class FineKeysValuesTest {

  /** A scale in F16 is off by at most this share of it, or by half of the smallest F16 number. */
  private static final double F16_SHARE = 1.0 / 2_048;

  private static final double SMALLEST_F16 = 0x1p-24;

  /** One column that shares a scale, as it was and as it is read back. */
  private record Column(double[] given, double[] read) {

    double peak() {
      return Arrays.stream(given).map(Math::abs).max().orElse(0);
    }

    double meanSquareError() {
      double sum = 0;
      for (int i = 0; i < given.length; i++) {
        sum += (given[i] - read[i]) * (given[i] - read[i]);
      }
      return sum / given.length;
    }

    double largestError() {
      double largest = 0;
      for (int i = 0; i < given.length; i++) {
        largest = Math.max(largest, Math.abs(given[i] - read[i]));
      }
      return largest;
    }
  }

  private static SegmentShape shape(ChunkForm form, KvFormat format) {
    SegmentShape shape = new SegmentShape(1, form, 0, format);
    assertThat(shape.version()).isEqualTo(2);
    return shape;
  }

  /** Numbers as BF16 has them. */
  private static float[] numbers(ChunkForm form, IntToDoubleFunction number) {
    float[] numbers = new float[form.numbers()];
    for (int i = 0; i < numbers.length; i++) {
      int bits = Float.floatToRawIntBits((float) number.applyAsDouble(i));
      numbers[i] = Float.intBitsToFloat(bits & 0xffff0000);
    }
    return numbers;
  }

  private static float[] storedAndRead(SegmentShape shape, int validTokens, float[] numbers) {
    float[] read = new float[numbers.length];
    PackedChunk.of(shape.form(), shape.kvFormat(), numbers, validTokens)
        .widen(read, Kernel.fastest());
    return read;
  }

  /** The channels of all heads' keys and the tokens of all heads' values, without what is empty. */
  private static Column[] columns(ChunkForm form, int validTokens, float[] given, float[] read) {
    int e = form.headDim();
    int ofHead = form.size() * e;
    Column[] columns = new Column[form.layers() * form.heads() * (e + validTokens)];
    int next = 0;
    for (int head = 0; head < 2 * form.layers() * form.heads(); head++) {
      boolean keys = head / form.heads() % 2 == 0;
      for (int i = 0; i < (keys ? e : validTokens); i++) {
        int at = head * ofHead + (keys ? i : i * e);
        int step = keys ? e : 1;
        int count = keys ? validTokens : e;
        columns[next++] = new Column(every(given, at, step, count), every(read, at, step, count));
      }
    }
    return columns;
  }

  private static double[] every(float[] numbers, int at, int step, int count) {
    double[] some = new double[count];
    Arrays.setAll(some, i -> numbers[at + i * step]);
    return some;
  }

  private static ChunkForm form(int headDim) {
    return new ChunkForm(8, 3, 2, headDim, 0);
  }

  /** Heavy tails, and channels and tokens of very different size. */
  private static IntToDoubleFunction uneven(Random random, int headDim) {
    return i -> {
      double x = random.nextGaussian();
      return x * x * x * Math.pow(10, i % headDim % 5 - 2) * Math.pow(4, i / headDim % 3);
    };
  }

  @ParameterizedTest
  @CsvSource({"16", "24"})
  void inEightBitsEveryNumberIsWithinHalfAStep(int headDim) {
    ChunkForm form = form(headDim);
    for (int valid = 1; valid <= form.size(); valid++) {
      float[] given = numbers(form, uneven(new Random(valid), headDim));
      float[] read = storedAndRead(shape(form, KvFormat.INT8), valid, given);
      for (Column column : columns(form, valid, given, read)) {
        double step = column.peak() / 127;
        double stored = Math.max(step * (1 + F16_SHARE), step + SMALLEST_F16);
        assertThat(column.largestError()).isLessThanOrEqualTo(stored / 2 * 1.001);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"16", "24"})
  void inFourBitsTheSquaredErrorIsNeverAboveThatOfAScaleThatCutsNothingOff(int headDim) {
    ChunkForm form = form(headDim);
    for (int valid = 1; valid <= form.size(); valid++) {
      float[] given = numbers(form, uneven(new Random(valid), headDim));
      float[] read = storedAndRead(shape(form, KvFormat.INT4), valid, given);
      for (Column column : columns(form, valid, given, read)) {
        double step = column.peak() / 7;
        double stored = Math.max(step * (1 + F16_SHARE), step + SMALLEST_F16);
        assertThat(Math.sqrt(column.meanSquareError())).isLessThanOrEqualTo(stored / 2 * 1.001);
        assertThat(column.largestError()).isLessThanOrEqualTo(stored * 1.001);
      }
    }
  }

  /** Of a scale that cuts nothing off it would be 0.1075. */
  @Test
  void inFourBitsNumbersOfABellCurveLoseNineHundredths() {
    ChunkForm form = new ChunkForm(64, 4, 2, 64, 0);
    Random random = new Random(1);
    float[] given = numbers(form, i -> random.nextGaussian());
    float[] read = storedAndRead(shape(form, KvFormat.INT4), 64, given);
    double lost = 0;
    double size = 0;
    for (int i = 0; i < given.length; i++) {
      lost += (given[i] - read[i]) * (given[i] - read[i]);
      size += given[i] * given[i];
    }
    assertThat(Math.sqrt(lost / size)).isBetween(0.08, 0.093);
  }

  @ParameterizedTest
  @EnumSource(names = "BF16", mode = EnumSource.Mode.EXCLUDE)
  void whatStandsWhereNoTokenIsHasNoEffectAndIsReadAsZeros(KvFormat format) {
    ChunkForm form = form(16);
    Random random = new Random(1);
    float[] clean = numbers(form, i -> i / 16 % 8 < 5 ? random.nextGaussian() : 0);
    float[] junk = clean.clone();
    for (int i = 0; i < junk.length; i++) {
      if (i / 16 % 8 >= 5) {
        junk[i] = i % 3 == 0 ? Float.NaN : 3e38f;
      }
    }
    float[] read = storedAndRead(shape(form, format), 5, junk);
    assertThat(read).isEqualTo(storedAndRead(shape(form, format), 5, clean));
    for (int i = 0; i < read.length; i++) {
      if (i / 16 % 8 >= 5) {
        assertThat(read[i]).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = "BF16", mode = EnumSource.Mode.EXCLUDE)
  void zerosStayZeros(KvFormat format) {
    ChunkForm form = form(16);
    assertThat(storedAndRead(shape(form, format), 8, new float[form.numbers()])).containsOnly(0);
  }

  /** A scale of F16 has no more than 2^-24 of precision: what is smaller becomes 0, not larger. */
  @ParameterizedTest
  @EnumSource(names = "BF16", mode = EnumSource.Mode.EXCLUDE)
  void numbersBelowF16AreOffByNoMoreThanF16CanSay(KvFormat format) {
    ChunkForm form = form(16);
    for (double size : new double[] {1e-8, 1e-7, 9e-6, 2e-5, 1e-40}) {
      Random random = new Random(1);
      float[] given = numbers(form, i -> size * (random.nextDouble() * 2 - 1));
      float[] read = storedAndRead(shape(form, format), 8, given);
      double step = size / (format == KvFormat.INT8 ? 127 : 7);
      for (int i = 0; i < given.length; i++) {
        assertThat((double) read[i])
            .isBetween(given[i] - step - SMALLEST_F16, given[i] + step + SMALLEST_F16);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = "BF16", mode = EnumSource.Mode.EXCLUDE)
  void anOutlierCoarsensItsOwnChannelAndTokenAlone(KvFormat format) {
    ChunkForm form = new ChunkForm(8, 1, 1, 16, 0);
    int ofHead = 8 * 16;
    Random random = new Random(1);
    float[] given = numbers(form, i -> random.nextGaussian());
    float[] before = storedAndRead(shape(form, format), 8, given);
    given[3 * 16 + 5] = 59_904; // token 3, channel 5 of the keys
    given[ofHead + 6 * 16 + 2] = -59_904; // token 6 of the values
    float[] read = storedAndRead(shape(form, format), 8, given);
    assertThat(read[3 * 16 + 5]).isBetween(0.99f * 59_904, 1.01f * 59_904);
    assertThat(read[ofHead + 6 * 16 + 2]).isBetween(1.01f * -59_904, 0.99f * -59_904);
    for (int i = 0; i < given.length; i++) {
      boolean besideIt = i < ofHead ? i % 16 == 5 : (i - ofHead) / 16 == 6;
      if (!besideIt) {
        assertThat(read[i]).isEqualTo(before[i]);
      }
    }
  }

  /** Beyond 65,504 * 127, or * 7, F16 has no scale: what is larger is cut off, not lost. */
  @ParameterizedTest
  @CsvSource({"INT8, 8e6, 8e6", "INT8, 3e38, 8319008", "INT4, 4e5, 4e5", "INT4, 3e38, 458528"})
  void theLargestNumbersStayFinite(KvFormat format, float largest, float expected) {
    ChunkForm form = form(16);
    float[] given = numbers(form, i -> i % 2 == 0 ? largest : -largest);
    float[] read = storedAndRead(shape(form, format), 8, given);
    for (int i = 0; i < read.length; i++) {
      assertThat(read[i] * Math.signum(given[i])).isBetween(0.98f * expected, 1.15f * expected);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "BF16", mode = EnumSource.Mode.EXCLUDE)
  void aNumberThatIsNoneSpoilsItsChannelOrTokenAlone(KvFormat format) {
    ChunkForm form = new ChunkForm(8, 1, 1, 16, 0);
    for (float none : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      float[] given = numbers(form, i -> i % 7 - 3);
      given[4 * 16 + 9] = none;
      given[8 * 16 + 2 * 16 + 1] = none;
      float[] read = storedAndRead(shape(form, format), 8, given);
      for (int i = 0; i < read.length; i++) {
        boolean spoiled = i < 8 * 16 ? i % 16 == 9 : i / 16 == 8 + 2;
        assertThat(Float.isNaN(read[i])).isEqualTo(spoiled);
      }
    }
  }

  /**
   * Whoever reads the file without this program must find the numbers where they are said to be.
   */
  @Test
  void twoNumbersShareAByteWithinTheirToken() {
    ChunkForm form = new ChunkForm(2, 1, 1, 4, 0);
    float[] given = {7, -2, 3, 1, -7, 7, 7, 7, /* values */ 7, 1, -1, -3, 0, 0, 0, 14};
    SegmentShape shape = shape(form, KvFormat.INT4);
    ByteBuffer stored = ByteBuffer.allocate(shape.numberBytes());
    ByteBuffer scales = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer wide = Bfloat16.round(given);
    new FineKeysValues(shape).quantize(wide, 2, stored, scales);
    float[] read = new float[8];
    for (int i = 0; i < 8; i++) {
      int token = i / 4;
      int place = i % 4;
      byte pair = stored.get(4 + token * 2 + place % 2);
      int number = place < 2 ? pair << 28 >> 28 : pair >> 4;
      read[i] = number * Float.float16ToFloat(scales.getShort((4 + token) * 2));
    }
    assertThat(read).isEqualTo(Arrays.copyOfRange(given, 8, 16));
  }
}
