package dev.cairn.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * How quickly this machine reads memory: the best of many sums over 1 GiB, each thread its own
 * part, with vectors.
 */
final class ReadSum {

  private static final long BYTES = 1L << 30;

  private static final int RUNS = 25;

  private static final int LINE = 64;

  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_256;

  private ReadSum() {}

  /**
   * Bytes a second.
   *
   * @throws IllegalStateException when the JVM runs without {@code jdk.incubator.vector}
   */
  static double bytesPerSecond(int threads) {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      throw new IllegalStateException("needs java --add-modules=jdk.incubator.vector");
    }
    try (Arena arena = Arena.ofShared();
        ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      MemorySegment memory = arena.allocate(BYTES, LINE).fill((byte) 1);
      return BYTES / Stopwatch.seconds(3, RUNS, () -> sum(memory, threads, pool)).low();
    }
  }

  private static void sum(MemorySegment memory, int threads, ExecutorService pool) {
    long part = BYTES / threads / LINE * LINE;
    List<Future<Long>> parts =
        IntStream.range(0, threads)
            .mapToObj(i -> pool.submit(() -> sum(memory, i * part, (i + 1) * part)))
            .toList();
    long sum = parts.stream().mapToLong(Waiting::until).sum();
    if (sum != part * threads / Long.BYTES * 0x0101010101010101L) {
      throw new IllegalStateException("a sum over memory is wrong");
    }
  }

  private static long sum(MemorySegment memory, long from, long to) {
    LongVector a = LongVector.zero(LONGS);
    LongVector b = a;
    for (long at = from; at < to; at += LINE) {
      a = a.add(LongVector.fromMemorySegment(LONGS, memory, at, ByteOrder.nativeOrder()));
      b = b.add(LongVector.fromMemorySegment(LONGS, memory, at + 32, ByteOrder.nativeOrder()));
    }
    return a.add(b).reduceLanes(VectorOperators.ADD);
  }
}
