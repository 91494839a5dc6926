package dev.cairn.cli;

import dev.cairn.segment.SegmentFile;
import dev.cairn.segment.SegmentSummary;
import dev.cairn.terminal.NamedFile;
import dev.cairn.terminal.Output;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Stored segments. */
@Command(
    name = "segment",
    description = "Look into segment files.",
    footer = {"%nExamples:", "  cairn segment show 0.safetensors"})
final class SegmentCommand {

  @Command(
      name = "show",
      description = "Check every byte of a segment file and print what it holds; 1 when damaged.",
      footer = {"%nExamples:", "  cairn segment show 0.safetensors"})
  int show(
      @Mixin Output output,
      @Parameters(paramLabel = "FILE", description = "The segment, in blobs/ of a data folder.")
          Path path)
      throws IOException {
    try (SegmentFile file = SegmentFile.open(NamedFile.filled(path))) {
      SegmentSummary summary = file.summary();
      output.item(summary);
      return summary.intact() ? 0 : CairnCommand.FAILED;
    }
  }
}
