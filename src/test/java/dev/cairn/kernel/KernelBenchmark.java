package dev.cairn.kernel;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The inner loops on vectors against the same as plain loops, on one thread.
 *
 * <p>Axes: i features in, o features out, T rows, e head_dim, u slots.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class KernelBenchmark {

  private static final int INPUTS = 576;

  private static final int OUTPUTS = 1536;

  private static final int HEAD_DIM = 64;

  private static final int SLOTS = 512;

  /** Which loops. */
  @Param({"vectors", "plain"})
  public String loops = "vectors";

  private final Arena arena = Arena.ofShared();

  private final float[] x = numbers(8 * INPUTS);

  private final float[] y = new float[8 * OUTPUTS];

  private final float[] matrix = numbers(HEAD_DIM * SLOTS);

  private final float[] sums = new float[SLOTS];

  private final Scratch scratch = new Scratch();

  private final Panels weight = weight();

  private Kernel kernel = Kernel.scalar();

  /** Chooses the loops. */
  @Setup
  public void choose() {
    kernel = loops.equals("vectors") ? Kernel.fastest() : Kernel.scalar();
  }

  /** Frees the weights. */
  @TearDown(Level.Trial)
  public void free() {
    arena.close();
  }

  private static float[] numbers(int count) {
    Random random = new Random(count);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextFloat() - 0.5f;
    }
    return numbers;
  }

  private Panels weight() {
    byte[] numbers = new byte[OUTPUTS * INPUTS];
    new Random(1).nextBytes(numbers);
    return BytePanels.of(ByteBuffer.wrap(numbers), INPUTS, numbers(OUTPUTS), arena);
  }

  private float[] multiply(int rows) {
    for (int panel = 0; panel < weight.count(); panel++) {
      weight.multiply(kernel, panel, x, rows, y, scratch);
    }
    return y;
  }

  /** Weights in eight bits (o, i) with one row. */
  @Benchmark
  public float[] productOfOneRow() {
    return multiply(1);
  }

  /** The same with eight rows. */
  @Benchmark
  public float[] productOfEightRows() {
    return multiply(8);
  }

  /** One query with one key, (e). */
  @Benchmark
  public float dot() {
    return kernel.dot(x, 0, matrix, 0, HEAD_DIM);
  }

  /** One query with the keys of a window, (e, u). */
  @Benchmark
  public float[] columns() {
    kernel.columns(matrix, 0, SLOTS, HEAD_DIM, x, 0, sums, 0, SLOTS);
    return sums;
  }

  /** Weights of a window, (u). */
  @Benchmark
  public float[] exponentials() {
    System.arraycopy(matrix, 0, sums, 0, SLOTS);
    kernel.exp(sums, 0, SLOTS, 0.5f);
    return sums;
  }
}
