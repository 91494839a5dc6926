package dev.cairn.recall;

import dev.cairn.catalogue.VisibleDocument;
import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.engine.Model;
import dev.cairn.kernel.ScanKernel;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.ComputePath;
import dev.cairn.model.ComputeSettings;
import dev.cairn.model.GeneratedToken;
import dev.cairn.model.Generation;
import dev.cairn.model.KvFormat;
import dev.cairn.model.Sampling;
import dev.cairn.recall.TracedMemory.Outcome;
import dev.cairn.recall.TracedMemory.Step;
import dev.cairn.segment.SegmentFile;
import dev.cairn.segment.SegmentHeader;
import dev.cairn.segment.SegmentManifest;
import dev.cairn.segment.SegmentRef;
import dev.cairn.segment.SegmentShape;
import dev.cairn.sentence.SentenceEncoder;
import dev.cairn.store.LocalBlobStore;
import dev.cairn.tokenizer.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.util.unit.DataSize;

/**
 * Asks the starter checkpoint about the one document of a data folder: with its chunks on the disk,
 * in the system's page cache, and in the RAM tier; and replays which chunks were read to see what
 * loading chunks ahead would save, and what eight bits would change. Arguments: the data folder, a
 * file of questions. Not a test.
 */
final class ChunkTierSpeed {

  private static final int ANSWER_TOKENS = 32;

  private static final int ROUNDS = 5;

  /** A prompt of these questions is read in one step, by each of the three HSA blocks. */
  private static final int PROMPT_STEPS = 3;

  private final Path blobs;

  private final VisibleDocument document;

  private final SegmentShape shape;

  private final QuestionMemories memories;

  private final Model model;

  private final TextTokenizer tokenizer;

  private final SentenceEncoder sentences;

  private ChunkTierSpeed(Path blobs) throws IOException {
    this.blobs = blobs;
    this.document = document(blobs);
    Checkpoint checkpoint = Checkpoint.open(Path.of("models/starter"));
    this.shape = new SegmentShape(1, checkpoint.form().chunk(), 0, KvFormat.BF16);
    this.model = Model.load(checkpoint, new ComputeSettings("cpu", ComputePath.BFLOAT16, 2));
    this.tokenizer = TextTokenizer.open(Path.of("models/starter"));
    this.sentences = SentenceEncoder.open(Objects.requireNonNull(checkpoint.sentence()), 2);
    RecallSettings settings =
        RecallSettings.of(DataSize.ofGigabytes(1), DataSize.ofMegabytes(512), 2);
    this.memories =
        new QuestionMemories(
            new LocalBlobStore(blobs),
            settings,
            null,
            new PriorScales(sentences.scale(), 0),
            ScanKernel.fastest());
  }

  /** The segments below a folder, which must be of one document. */
  private static VisibleDocument document(Path blobs) throws IOException {
    List<SegmentRef> segments = new ArrayList<>();
    try (Stream<Path> files = Files.walk(blobs.resolve("segments"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try (SegmentFile segment = SegmentFile.open(file)) {
          segments.add(ref(segment, file, blobs));
        }
      }
    }
    segments.sort(Comparator.comparingInt(SegmentRef::ordinal));
    return new VisibleDocument(segments.getFirst().documentId(), "book", 1, segments);
  }

  private static SegmentRef ref(SegmentFile segment, Path file, Path blobs) throws IOException {
    SegmentHeader header = segment.index().header();
    SegmentManifest manifest =
        new SegmentManifest(
            Files.size(file),
            "0".repeat(64),
            Integer.toUnsignedLong(header.crc32c()),
            header.shape().chunks());
    return SegmentRef.of(header.identity(), manifest, blobs.relativize(file).toString());
  }

  public static void main(String[] args) throws Exception {
    List<String> questions = Files.readAllLines(Path.of(args[1]));
    ChunkTierSpeed speed = new ChunkTierSpeed(Path.of(args[0], "blobs"));
    speed.ask(questions.getFirst(), memory -> memory);
    speed.time(questions);
    speed.loadAhead(questions);
    speed.inEightBits(questions);
    System.exit(0);
  }

  private record Asked(Generation generation, double millis) {

    double loadMillis() {
      return generation.cost().loadNanos() / 1e6;
    }
  }

  private Asked ask(String question, Function<QuestionMemory, ChunkMemory> wrap) {
    int[] prompt = tokenizer.prompt(question);
    float[] embedding = sentences.embedQuestion(question);
    long start = System.nanoTime();
    try (QuestionMemory memory =
        memories.open(List.of(document), PriorQuery.ofEmbedding(embedding))) {
      Generation generation =
          model.generate(prompt, wrap.apply(memory), Sampling.greedy(ANSWER_TOKENS), token -> true);
      return new Asked(generation, (System.nanoTime() - start) / 1e6);
    }
  }

  private void time(List<String> questions) throws IOException, InterruptedException {
    Map<String, List<Asked>> asked = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (String question : questions) {
        memories.clearChunks();
        dropPageCache();
        add(asked, "disk", question);
        memories.clearChunks();
        add(asked, "page cache", question);
        add(asked, "RAM tier", question);
      }
    }
    asked.forEach(
        (where, answers) -> print(where, answers, asked.getOrDefault("RAM tier", List.of())));
  }

  private void add(Map<String, List<Asked>> asked, String where, String question) {
    asked.computeIfAbsent(where, key -> new ArrayList<>()).add(ask(question, memory -> memory));
  }

  /** Has the system forget the segments; it reads them from the disk then. */
  private void dropPageCache() throws IOException, InterruptedException {
    for (SegmentRef segment : document.segments()) {
      String input = "if=" + blobs.resolve(segment.blobKey());
      new ProcessBuilder("dd", input, "iflag=nocache", "count=0", "status=none")
          .inheritIO()
          .start()
          .waitFor();
    }
  }

  /** Beside the times, how many times as long as the same answer from RAM it took. */
  private static void print(String where, List<Asked> asked, List<Asked> fromRam) {
    System.out.printf(
        "%-11s loading %s ms, the whole answer %s ms, %s times that from RAM%n",
        where,
        spread(asked.stream().mapToDouble(Asked::loadMillis)),
        spread(asked.stream().mapToDouble(Asked::millis)),
        spread(
            IntStream.range(0, asked.size())
                .mapToDouble(i -> asked.get(i).millis() / fromRam.get(i).millis())));
  }

  /** Median (middle half). */
  private static String spread(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    int count = sorted.length;
    return "%.2f (%.2f to %.2f)"
        .formatted(sorted[count / 2], sorted[count / 4], sorted[3 * count / 4]);
  }

  private void inEightBits(List<String> questions) {
    int same = 0;
    for (String question : questions) {
      List<Integer> wide = ids(ask(question, memory -> memory));
      List<Integer> narrow = ids(ask(question, memory -> new EightBitMemory(memory, shape)));
      same += narrow.equals(wide) ? 1 : 0;
    }
    System.out.printf(
        "INT8: %d of %d answers are those of BF16, token for token%n", same, questions.size());
  }

  private static List<Integer> ids(Asked asked) {
    return asked.generation().tokens().stream().map(GeneratedToken::id).toList();
  }

  private void loadAhead(List<String> questions) {
    Map<String, Function<Step, IntStream>> ways = new LinkedHashMap<>();
    ways.put("nothing", step -> IntStream.empty());
    ways.put("the next chunk", step -> Arrays.stream(step.held()).map(c -> c + 1));
    ways.put(
        "both neighbours",
        step -> Arrays.stream(step.held()).flatMap(c -> IntStream.of(c - 1, c + 1)));
    ways.put("the runners-up", step -> Arrays.stream(step.runnersUp()));
    List<TracedMemory> traces = new ArrayList<>();
    for (String question : questions) {
      ask(question, memory -> traced(memory, traces));
    }
    int holds = traces.stream().mapToInt(TracedMemory::holds).sum();
    System.out.printf("%d questions, %d holds%n", traces.size(), holds);
    ways.forEach((name, way) -> print(name, traces, way, holds));
  }

  private static ChunkMemory traced(QuestionMemory memory, List<TracedMemory> traces) {
    traces.add(new TracedMemory(memory));
    return traces.getLast();
  }

  private static void print(
      String name, List<TracedMemory> traces, Function<Step, IntStream> way, int holds) {
    List<Outcome> outcomes = traces.stream().map(trace -> trace.replay(PROMPT_STEPS, way)).toList();
    int missing = outcomes.stream().mapToInt(Outcome::missing).sum();
    int later = outcomes.stream().mapToInt(Outcome::later).sum();
    int ahead = outcomes.stream().mapToInt(Outcome::ahead).sum();
    System.out.printf(
        "ahead: %-16s %5d missing, %d of them after the prompt, %6d loaded ahead, hit rate %.4f%n",
        name, missing, later, ahead, 1 - (double) missing / holds);
  }
}
