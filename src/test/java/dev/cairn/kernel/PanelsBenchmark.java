package dev.cairn.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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
 * How quickly rows are multiplied with weights of each form, in the sizes of a decoder of 0.5
 * thousand million weights: one row is a step of an answer, 40 are a prompt, 256 a piece of a
 * document. Copies of a matrix take turns, so one row finds its weights in memory, as it does in a
 * decoder.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PanelsBenchmark {

  /** Bytes of all copies of a matrix: more than a processor's caches hold. */
  private static final long MEMORY = 128L << 20;

  /** How a weight is stored. */
  public enum Form {
    Q4_0,
    Q8_0,
    I8,
    F32
  }

  /** How a weight is stored. */
  @Param public Form form = Form.Q4_0;

  /** Inputs x outputs. */
  @Param({"896x4864", "4864x896"})
  public String size = "896x4864";

  /** Rows at once. */
  @Param({"1", "4", "16", "40", "256"})
  public int rows = 1;

  /** Threads, the caller among them. */
  @Param({"1", "2"})
  public int threads = 1;

  private final Arena arena = Arena.ofShared();

  private final Random random = new Random(1);

  private Products products = new Products(Kernel.fastest(), 1);

  private Panels[] weights = {};

  private float[] x = {};

  private float[] y = {};

  private int turn;

  /** What was done, so that JMH tells how much of it in a nanosecond. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Work {

    /** Multiplications and additions. */
    public double flops;

    /** Bytes of weights that were read. */
    public double bytes;
  }

  /** Makes weights and rows. */
  @Setup
  public void make() {
    products = new Products(Kernel.fastest(), threads);
    int inputs = Integer.parseInt(size.substring(0, size.indexOf('x')));
    int outputs = Integer.parseInt(size.substring(size.indexOf('x') + 1));
    Panels first = weight(inputs, outputs);
    weights = new Panels[(int) Math.ceilDiv(MEMORY, first.byteSize())];
    weights[0] = first;
    for (int i = 1; i < weights.length; i++) {
      weights[i] = weight(inputs, outputs);
    }
    x = numbers(rows * inputs);
    y = new float[rows * outputs];
  }

  /** Frees the weights. */
  @TearDown(Level.Trial)
  public void free() {
    products.close();
    arena.close();
  }

  private Panels weight(int inputs, int outputs) {
    return switch (form) {
      case Q4_0 -> grouped(GroupFormat.Q4_0, inputs, outputs);
      case Q8_0 -> grouped(GroupFormat.Q8_0, inputs, outputs);
      case I8 -> BytePanels.of(bytes(inputs * outputs), inputs, numbers(outputs), arena);
      case F32 -> FloatPanels.of(numbers(inputs * outputs), outputs, inputs);
    };
  }

  private Panels grouped(GroupFormat format, int inputs, int outputs) {
    ByteBuffer blocks = bytes(inputs * outputs / GroupFormat.GROUP * format.blockBytes());
    for (int at = 0; at < blocks.capacity(); at += format.blockBytes()) {
      blocks.order(ByteOrder.LITTLE_ENDIAN).putShort(at, Float.floatToFloat16(0.01f));
    }
    return GroupedPanels.of(format, MemorySegment.ofBuffer(blocks), outputs, inputs, arena);
  }

  private ByteBuffer bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return ByteBuffer.wrap(bytes);
  }

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextFloat() - 0.5f;
    }
    return numbers;
  }

  /** Rows with a weight. */
  @Benchmark
  public float[] product(Work work) {
    Panels weight = weights[turn++ % weights.length];
    products.multiply(x, rows, weight, y);
    work.flops += new ProductSize(rows, weight.inputs(), weight.outputs()).operations();
    work.bytes += weight.byteSize();
    return y;
  }
}
