package dev.cairn.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Checkpoints. */
@Command(
    name = "model",
    description = "Look into checkpoints.",
    footer = {"%nExample:", "  cairn model show models/starter"})
final class ModelCommand {

  @Command(
      name = "show",
      description = "Check a checkpoint and print its form, its types and its digests.",
      footer = {"%nExample:", "  cairn model show models/starter"})
  void show(
      @Mixin Output output,
      @Parameters(
              paramLabel = "DIR",
              defaultValue = "${env:CAIRN_MODEL:-models/starter}",
              description = "The checkpoint (default: ${DEFAULT-VALUE}).")
          Path folder)
      throws IOException {
    output.item(CheckpointSummary.of(folder));
  }
}
