package dev.cairn.recall;

import dev.cairn.kernel.ByteRows;
import dev.cairn.kernel.ScanKernel;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The parts of a scan over 65,536 landmarks on one thread: products in eight bits on vectors
 * against plain loops, and Cairn's heap of the best against the one of the JDK.
 *
 * <p>Axes: d numbers of a landmark, C chunks.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class ScanBenchmark {

  private static final int CHUNKS = 65_536;

  private static final int DIM = 384;

  private static final int BEST = 32;

  private final Arena arena = Arena.ofShared();

  private final ByteRows rows = rows();

  private final float[] query = new float[DIM];

  private final float[] products = new float[ByteRows.BLOCK];

  private final float[] scores = scores();

  private ByteRows rows() {
    ByteRows made = ByteRows.allocate(CHUNKS, DIM, arena);
    Random random = new Random(1);
    byte[] row = new byte[DIM];
    for (int i = 0; i < CHUNKS; i++) {
      random.nextBytes(row);
      made.put(i, row, 1);
    }
    return made;
  }

  private static float[] scores() {
    Random random = new Random(2);
    float[] made = new float[CHUNKS];
    for (int i = 0; i < CHUNKS; i++) {
      made[i] = (float) random.nextGaussian();
    }
    return made;
  }

  /** Frees the landmarks. */
  @TearDown(Level.Trial)
  public void free() {
    arena.close();
  }

  private float[] products(ScanKernel kernel) {
    Arrays.fill(query, 3);
    for (int block = 0; block < ByteRows.blocks(CHUNKS); block++) {
      kernel.products(rows, block, query, 1, products);
    }
    return products;
  }

  /** (C, d) with one query. */
  @Benchmark
  public float[] productsOnVectors() {
    return products(ScanKernel.fastest());
  }

  /** The same. */
  @Benchmark
  public float[] productsInPlainLoops() {
    return products(ScanKernel.scalar());
  }

  /** The best of C scores, offered as a scan does. */
  @Benchmark
  public int[] bestInOwnHeap() {
    TopChunks best = new TopChunks(BEST);
    float[] block = new float[ByteRows.BLOCK];
    for (int first = 0; first < CHUNKS; first += block.length) {
      System.arraycopy(scores, first, block, 0, block.length);
      best.offer(first, block, first, first + block.length);
    }
    return best.chunks();
  }

  private record Scored(float score, int chunk) implements Comparable<Scored> {
    @Override
    public int compareTo(Scored other) {
      int order = Float.compare(score, other.score);
      return order == 0 ? Integer.compare(other.chunk, chunk) : order;
    }
  }

  /** The same. */
  @Benchmark
  public int[] bestInPriorityQueue() {
    PriorityQueue<Scored> best = new PriorityQueue<>();
    for (int chunk = 0; chunk < CHUNKS; chunk++) {
      best.add(new Scored(scores[chunk], chunk));
      if (best.size() > BEST) {
        best.remove();
      }
    }
    return best.stream().mapToInt(Scored::chunk).sorted().toArray();
  }
}
