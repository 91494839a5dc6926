package dev.cairn.cli;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.checkpoint.ConvertCheckpoint;
import dev.cairn.safetensors.TensorType;
import dev.cairn.terminal.NamedFile;
import dev.cairn.terminal.Output;
import dev.cairn.terminal.Progress;
import dev.cairn.terminal.UnfinishedFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a checkpoint again in another number format. */
@Command(
    name = "convert",
    description = {
      "Write a checkpoint again with its matrices in another number format.",
      "For checkpoints of the form hsa; a pretrained decoder is used as it was published.",
      "What was encoded with the one is not read with the other."
    },
    footer = {"%nExamples:", "  cairn convert trained trained-int8 --to int8"})
final class ConvertCommand implements Callable<Integer> {

  /** Number formats, as one writes them. */
  enum Format {
    f32(TensorType.F32),
    bf16(TensorType.BF16),
    int8(TensorType.I8);

    private final TensorType type;

    Format(TensorType type) {
      this.type = type;
    }
  }

  private record Converted(String folder, Format format) {}

  @Mixin private Output output = new Output();

  @Option(
      names = "--to",
      required = true,
      description = "One of ${COMPLETION-CANDIDATES}; int8 has one scale a row.")
  private Format format = Format.f32;

  @Parameters(index = "0", paramLabel = "FROM", description = "The checkpoint.")
  private Path from = Path.of("");

  @Parameters(index = "1", paramLabel = "TO", description = "A new folder.")
  private Path to = Path.of("");

  @Override
  public Integer call() throws IOException {
    try (var _ = new UnfinishedFolder(ConvertCheckpoint.unfinished(to));
        Progress progress = Progress.of(output.err(), "Converting", "bytes")) {
      ConvertCheckpoint.convert(
          Checkpoint.open(NamedFile.existing(from)), to, format.type, progress::reach);
    }
    output.item(new Converted(to.toString(), format));
    return 0;
  }
}
