package dev.cairn.memory;

import dev.cairn.store.LocalBlobStore;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Measures the scan of 500,000 landmarks of 384 numbers beside the speed at which this machine
 * reads memory: GB/s of eight-bit rows, median (worst to best) of many runs. Not a test.
 */
final class LandmarkScanSpeed {

  private static final int DIM = 384;

  private static final int DOCUMENT_CHUNKS = 1_024;

  private static final int CHUNKS = 500_000;

  private static final int RUNS = 9;

  private static final int K = 64;

  private final List<PlacedSlab> slabs;

  private LandmarkScanSpeed(List<PlacedSlab> slabs) {
    this.slabs = slabs;
  }

  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("landmark-scan");
    LocalBlobStore store = new LocalBlobStore(folder);
    SegmentShape shape = new SegmentShape(1, 1, 1, 1, DIM, DIM, KvFormat.BF16);
    StoredDocument document = StoredDocument.store(store, shape, DOCUMENT_CHUNKS, 1);
    new LandmarkScanSpeed(slabs(store, document)).measure();
    System.exit(0);
  }

  /** Copies of one segment, each in its own memory. */
  private static List<PlacedSlab> slabs(LocalBlobStore store, StoredDocument document)
      throws IOException {
    SegmentRef segment = document.segment(0);
    PlacedSlab[] slabs = new PlacedSlab[CHUNKS / DOCUMENT_CHUNKS];
    for (int i = 0; i < slabs.length; i++) {
      try (SegmentFile file = SegmentFile.open(store.open(segment.blobKey()), segment)) {
        int first = i * DOCUMENT_CHUNKS;
        slabs[i] =
            new PlacedSlab(document.document(), segment, new SegmentSlab(file), first, first);
      }
    }
    return List.of(slabs);
  }

  private void measure() {
    int chunks = slabs.getLast().endChunk();
    System.out.printf("%,d landmarks of %d numbers, k = %d%n", chunks, DIM, K);
    for (int threads : new int[] {1, 2}) {
      try (ScanThreads pool = new ScanThreads(threads);
          Arena arena = Arena.ofShared()) {
        double memory = bandwidth(arena.allocate(1L << 30, 64), pool, threads);
        report(threads, memory, pool, (double) chunks * DIM);
      }
    }
  }

  private void report(int threads, double memory, ScanThreads pool, double bytes) {
    float[] question = vector(2);
    SentencePrior sentences = new SentencePrior(question, 30, ByteKernel.fastest());
    float[] prior = sentences.of(slabs, pool);
    LandmarkScan plain = new LandmarkScan(slabs, null, pool, ByteKernel.fastest());
    LandmarkScan moved = new LandmarkScan(slabs, prior, pool, ByteKernel.fastest());
    LandmarkScan scalar = new LandmarkScan(slabs, null, pool, ByteKernel.scalar());
    float[][] one = {vector(1)};
    float[][] four = {vector(1), vector(3), vector(4), vector(5)};
    print(threads, "scan", memory, bytes, () -> plain.select(one, K));
    print(threads, "scan with a prior", memory, bytes, () -> moved.select(one, K));
    print(threads, "scan of 4 queries", memory, bytes, () -> plain.select(four, K));
    print(threads, "sentence prior", memory, bytes, () -> sentences.of(slabs, pool));
    print(threads, "scan, scalar kernel", memory, bytes, () -> scalar.select(one, K));
    print(threads, "scan, BF16 only", memory, bytes, () -> bf16(one[0], pool));
  }

  private static float[] vector(long seed) {
    Random random = new Random(seed);
    float[] vector = new float[DIM];
    for (int i = 0; i < DIM; i++) {
      vector[i] = (float) random.nextGaussian() / 20;
    }
    return vector;
  }

  /** A scan of the BF16 landmarks alone, one row after the other. */
  private TopChunks bf16(float[] query, ScanThreads pool) {
    int chunks = slabs.getLast().endChunk();
    return pool.scan(chunks, (from, to) -> bf16(query, from, to)).getFirst();
  }

  private TopChunks bf16(float[] query, int from, int to) {
    TopChunks best = new TopChunks(K);
    float[] landmark = new float[DIM];
    for (int chunk = from; chunk < to; chunk++) {
      PlacedSlab each = slabs.get(chunk / DOCUMENT_CHUNKS);
      Bf16.read(each.slab().landmarks(), chunk - each.firstChunk(), landmark);
      best.offer(chunk, Dot.product(query, landmark));
    }
    return best;
  }

  private static void print(int threads, String what, double memory, double bytes, Runnable run) {
    double[] speed = gigabytesPerSecond(bytes, run);
    double median = speed[RUNS / 2];
    System.out.printf(
        "%d thread(s), %-20s %6.1f ms %5.1f GB/s (%.1f to %.1f), memory %.1f: %.2fx (%.2f-%.2f)%n",
        threads,
        what,
        bytes / median / 1e6,
        median,
        speed[0],
        speed[RUNS - 1],
        memory,
        memory / median,
        memory / speed[RUNS - 1],
        memory / speed[0]);
  }

  private static double[] gigabytesPerSecond(double bytes, Runnable run) {
    run.run();
    run.run();
    return IntStream.range(0, RUNS).mapToDouble(i -> bytes / nanos(run)).sorted().toArray();
  }

  private static long nanos(Runnable run) {
    long begin = System.nanoTime();
    run.run();
    return System.nanoTime() - begin;
  }

  /** The best of many sums over 1 GiB. */
  private static double bandwidth(MemorySegment memory, ScanThreads pool, int threads) {
    memory.fill((byte) 1);
    int lines = (int) (memory.byteSize() / 64);
    LongAdder sink = new LongAdder();
    Runnable sum = () -> pool.scan(lines, (from, to) -> add(memory, from, to, sink));
    double best = Arrays.stream(gigabytesPerSecond(memory.byteSize(), sum)).max().orElseThrow();
    System.out.printf("%d thread(s), reading 1 GiB: %.1f GB/s (%d)%n", threads, best, sink.sum());
    return best;
  }

  private static int add(MemorySegment memory, int from, int to, LongAdder sink) {
    LongVector a = LongVector.zero(LongVector.SPECIES_256);
    LongVector b = a;
    for (long line = from; line < to; line++) {
      a = a.add(at(memory, line * 64));
      b = b.add(at(memory, line * 64 + 32));
    }
    sink.add(a.add(b).reduceLanes(VectorOperators.ADD));
    return to - from;
  }

  private static LongVector at(MemorySegment memory, long offset) {
    return LongVector.fromMemorySegment(
        LongVector.SPECIES_256, memory, offset, ValueLayout.JAVA_LONG.order());
  }
}
