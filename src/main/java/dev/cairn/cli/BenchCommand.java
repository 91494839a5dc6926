package dev.cairn.cli;

import dev.cairn.bench.DecodeBench;
import dev.cairn.bench.DeviceBench;
import dev.cairn.bench.EncodeBench;
import dev.cairn.bench.FirstTokenBench;
import dev.cairn.bench.ReadingBench;
import dev.cairn.bench.Report;
import dev.cairn.bench.ScanBench;
import dev.cairn.bench.SentenceBench;
import dev.cairn.cli.BenchOptions.Blocks;
import dev.cairn.cli.BenchOptions.Length;
import dev.cairn.cli.BenchOptions.NumberFormat;
import dev.cairn.cli.BenchOptions.Runs;
import dev.cairn.cli.BenchOptions.Scratch;
import dev.cairn.cli.BenchOptions.Source;
import dev.cairn.model.KvFormat;
import dev.cairn.terminal.Output;
import dev.cairn.terminal.UnfinishedFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures this machine. */
@Command(
    name = "bench",
    description = {
      "Measure Cairn on this machine, against what the machine can do.",
      "Needs no server. Leave the machine alone meanwhile: what else runs shows in the spread."
    },
    footer = {
      "%nExamples:",
      "  cairn bench scan",
      "  cairn bench --device gpu0",
      "  cairn bench encode --path FLOAT32",
      "  cairn bench decode --json",
      "  cairn bench sentence",
      "  cairn bench first-token --tokens 10K,1M",
      "  cairn bench reading"
    })
final class BenchCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private Output output = new Output();

  @Mixin private Source source = new Source();

  @Mixin private Scratch scratch = new Scratch();

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description =
          "Without a command: what this device, cpu or gpuN, does with the checkpoint. It encodes,"
              + " reads a prompt, and writes one answer and 16 together.")
  private @Nullable String device;

  @Mixin private NumberFormat format = new NumberFormat();

  @Mixin private Blocks blocks = new Blocks();

  @Mixin private Length length = new Length();

  @Mixin private Runs runs = new Runs();

  @Override
  public Integer call() throws IOException {
    if (device == null) {
      throw new ParameterException(spec.commandLine(), "Missing required subcommand or --device");
    }
    try (UnfinishedFolder folder = scratch.open()) {
      print(
          output,
          new DeviceBench(
                  source.model(),
                  source.text(),
                  DeviceBench.on(device, format.path()),
                  blocks.or(4),
                  length.tokens(),
                  runs.or(5),
                  folder.path())
              .run(progress(output)));
    }
    return 0;
  }

  @Command(
      name = "scan",
      description = "Scan landmarks, against reading memory; recall against an exact scan.",
      footer = {
        "%nExamples:",
        "  cairn bench scan",
        "  cairn bench scan --chunks 50000 --threads 1"
      })
  void scan(
      @Mixin Output output,
      @Mixin Scratch scratch,
      @Option(
              names = "--chunks",
              paramLabel = "N",
              converter = Count.class,
              defaultValue = "500000",
              description = "Landmarks (default: ${DEFAULT-VALUE}).")
          int chunks,
      @Option(
              names = "--top-k",
              paramLabel = "K",
              converter = Count.class,
              defaultValue = "8",
              description = "Chunks that a query chooses (default: ${DEFAULT-VALUE}).")
          int topK,
      @Option(
              names = "--threads",
              paramLabel = "N",
              converter = Count.class,
              defaultValue = "2",
              description = "The most threads (default: ${DEFAULT-VALUE}).")
          int threads)
      throws IOException {
    try (UnfinishedFolder folder = scratch.open()) {
      print(output, new ScanBench(chunks, topK, threads, folder.path()).run(progress(output)));
    }
  }

  @Command(
      name = "encode",
      description = "Encode a text, against matrix products in the same number format.",
      footer = {"%nExamples:", "  cairn bench encode", "  cairn bench encode --path FLOAT32"})
  void encode(
      @Mixin Output output, @Mixin Source source, @Mixin NumberFormat format, @Mixin Blocks blocks)
      throws IOException {
    print(
        output,
        new EncodeBench(source.model(), source.text(), format.path(), blocks.or(20))
            .run(progress(output)));
  }

  @Command(
      name = "sentence",
      description = "Make sentence landmarks while a text is encoded: their share of the time.",
      footer = {"%nExamples:", "  cairn bench sentence"})
  void sentence(@Mixin Output output, @Mixin Source source, @Mixin Blocks blocks, @Mixin Runs runs)
      throws IOException {
    print(
        output,
        new SentenceBench(source.model(), source.text(), blocks.or(12), runs.or(5))
            .run(progress(output)));
  }

  @Command(
      name = "decode",
      description = "Write an answer, against reading the bytes that each token needs.",
      footer = {"%nExamples:", "  cairn bench decode"})
  void decode(
      @Mixin Output output,
      @Mixin Source source,
      @Mixin Scratch scratch,
      @Mixin Length length,
      @Mixin Runs runs)
      throws IOException {
    try (UnfinishedFolder folder = scratch.open()) {
      print(
          output,
          new DecodeBench(source.model(), source.text(), length.tokens(), runs.or(5), folder.path())
              .run(progress(output)));
    }
  }

  @Command(
      name = "first-token",
      description = {
        "Ask made-up documents: from the question's text to the first token of the answer.",
        "Takes disk for each visible token: 4.3 KB as the shipped checkpoint is stored, 2.3 in INT4."
      },
      footer = {
        "%nExamples:",
        "  cairn bench first-token",
        "  cairn bench first-token --tokens 10K,1M,32M --folder /var/tmp"
      })
  void firstToken(
      @Mixin Output output,
      @Mixin Source source,
      @Mixin Scratch scratch,
      @Option(
              names = "--tokens",
              split = ",",
              paramLabel = "N",
              defaultValue = "10K,100K,1M",
              converter = TokenCount.class,
              description = "Tokens visible, ascending (default: ${DEFAULT-VALUE}).")
          List<Long> tokens,
      @Option(
              names = "--stored",
              paramLabel = "FORMAT",
              description =
                  "Keys and values in BF16, INT8 or INT4 (default: what suits the checkpoint).")
          @Nullable KvFormat stored,
      @Option(
              names = "--chunk-cache",
              paramLabel = "MB",
              defaultValue = "2048",
              description = "Memory for keys and values (default: ${DEFAULT-VALUE}).")
          long chunkMegabytes,
      @Mixin Runs runs)
      throws IOException {
    try (UnfinishedFolder folder = scratch.open()) {
      print(
          output,
          new FirstTokenBench(
                  source.model(),
                  source.text(),
                  tokens,
                  stored,
                  chunkMegabytes << 20,
                  runs.or(3),
                  folder.path())
              .run(progress(output)));
    }
  }

  @Command(
      name = "reading",
      description = {
        "Read stored chunks, against the same chunks as text in the prompt.",
        "Prints both answers to each question as it goes."
      },
      footer = {
        "%nExamples:",
        "  cairn bench reading",
        "  cairn bench reading --text book.txt --questions questions.txt"
      })
  void reading(
      @Mixin Output output,
      @Mixin Source source,
      @Mixin Scratch scratch,
      @Option(
              names = "--questions",
              paramLabel = "FILE",
              description = "A question a line (default: those of the bundled story).")
          @Nullable Path questions,
      @Mixin Runs runs)
      throws IOException {
    try (UnfinishedFolder folder = scratch.open()) {
      print(
          output,
          new ReadingBench(
                  source.model(),
                  source.text(),
                  BenchOptions.filled(questions),
                  runs.or(3),
                  folder.path())
              .run(progress(output)));
    }
  }

  private static Consumer<String> progress(Output output) {
    return step -> output.err().println(step);
  }

  private static void print(Output output, Report report) {
    if (output.json()) {
      output.item(report);
    } else {
      BenchTable.print(report, output.out());
    }
  }
}
