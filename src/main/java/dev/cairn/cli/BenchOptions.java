package dev.cairn.cli;

import dev.cairn.model.ComputePath;
import dev.cairn.terminal.NamedFile;
import dev.cairn.terminal.UnfinishedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that several measurements have. */
final class BenchOptions {

  private BenchOptions() {}

  /**
   * @throws NamedFile.Unusable when it is no file with something in it
   */
  static @Nullable Path filled(@Nullable Path file) throws IOException {
    return file == null ? null : NamedFile.filled(file);
  }

  /** The checkpoint and what it reads. */
  static final class Source {

    @Option(
        names = "--model",
        paramLabel = "DIR",
        defaultValue = "${env:CAIRN_MODEL:-models/cairn-0.5b}",
        description = "The checkpoint (default: ${DEFAULT-VALUE}).")
    private Path model = Path.of("models/cairn-0.5b");

    @Option(
        names = "--text",
        paramLabel = "FILE",
        description =
            "The text, UTF-8; comes again when it is too short (default: a bundled story).")
    private @Nullable Path text;

    Path model() {
      return NamedFile.existing(model);
    }

    @Nullable Path text() throws IOException {
      return filled(text);
    }
  }

  /** Where files are made for the time of a run. */
  static final class Scratch {

    @Option(
        names = "--folder",
        paramLabel = "DIR",
        defaultValue = "${sys:java.io.tmpdir}",
        description = "Where made-up documents lie meanwhile (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("");

    /** A folder in it for one run. */
    UnfinishedFolder open() throws IOException {
      return new UnfinishedFolder(
          Files.createTempDirectory(Files.createDirectories(folder), "cairn-bench-"));
    }
  }

  /** How often something is measured. */
  static final class Runs {

    @Option(
        names = "--runs",
        paramLabel = "N",
        converter = Count.class,
        description = "Times that each is measured (default: 3 for questions, else 5).")
    private @Nullable Integer runs;

    int or(int usual) {
      return Objects.requireNonNullElse(runs, usual);
    }
  }

  /** How much is encoded. */
  static final class Blocks {

    @Option(
        names = "--blocks",
        paramLabel = "N",
        converter = Count.class,
        description = "Blocks of the text (default: 20 for encode, 12 for sentence, else 4).")
    private @Nullable Integer blocks;

    int or(int usual) {
      return Objects.requireNonNullElse(blocks, usual);
    }
  }

  /** How much is written. */
  static final class Length {

    @Option(
        names = "--length",
        paramLabel = "N",
        converter = Count.class,
        defaultValue = "64",
        description = "Tokens of an answer (default: ${DEFAULT-VALUE}).")
    private int tokens;

    int tokens() {
      return tokens;
    }
  }

  /** In which number format a device computes. */
  static final class NumberFormat {

    @Option(
        names = "--path",
        paramLabel = "FORMAT",
        description = "FLOAT32 or BFLOAT16 (default: both for encode, else the quicker one).")
    private @Nullable ComputePath path;

    @Nullable ComputePath path() {
      return path;
    }
  }
}
