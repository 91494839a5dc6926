package dev.cairn.recall;

import dev.cairn.kernel.Kernel;
import dev.cairn.kernel.ScanKernel;
import dev.cairn.model.ChunkForm;
import dev.cairn.model.KvFormat;
import dev.cairn.model.StoredChunk;
import dev.cairn.segment.SegmentContent;
import dev.cairn.segment.SegmentShape;
import dev.cairn.store.LocalBlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
import org.springframework.util.FileSystemUtils;
import org.springframework.util.unit.DataSize;

/**
 * What an answer waits for before its first token when chunks keep 16 layers of two heads of 64
 * numbers: 16 of 48 chunks read from the system's page cache and checked, and one of them as
 * floats.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init") // set up by JMH
public class LayeredChunksBenchmark {

  private static final int STORED = 48;

  private static final ChunkForm FORM = new ChunkForm(64, 16, 2, 64, 0);

  private static final int[] CHUNKS = IntStream.range(0, 16).map(i -> i * 3).toArray();

  /** How keys and values are stored. */
  @Param public KvFormat format;

  private final float[] numbers = new float[FORM.numbers()];

  private Path folder;

  private QuestionMemories memories;

  private QuestionMemory memory;

  private StoredChunk chunk;

  /** Stores the chunks; none stays in memory between two loads. */
  @Setup(Level.Trial)
  public void store() throws IOException {
    folder = Files.createTempDirectory("chunks");
    LocalBlobStore store = new LocalBlobStore(folder);
    SegmentShape shape = new SegmentShape(STORED, FORM, 0, format);
    StoredDocument document = StoredDocument.store(store, SegmentContent.random(shape, 64, 1));
    RecallSettings settings = RecallSettings.of(DataSize.ofMegabytes(1), DataSize.ofBytes(0), 1);
    memories =
        new QuestionMemories(store, settings, null, new PriorScales(0, 0), ScanKernel.fastest());
    memory = memories.open(List.of(document.document()), PriorQuery.NONE);
    chunk = memory.hold(CHUNKS)[0];
  }

  /** Takes the files away. */
  @TearDown(Level.Trial)
  public void remove() throws IOException {
    memory.close();
    memories.close();
    FileSystemUtils.deleteRecursively(folder);
  }

  @Benchmark
  public int load() {
    StoredChunk[] held = memory.hold(CHUNKS);
    Arrays.stream(held).forEach(StoredChunk::close);
    return held.length;
  }

  @Benchmark
  public float[] widen() {
    chunk.widen(numbers, Kernel.fastest());
    return numbers;
  }
}
