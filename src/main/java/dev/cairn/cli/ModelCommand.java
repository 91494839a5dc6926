package dev.cairn.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checkpoints. */
@Command(
    name = "model",
    description = "Look into checkpoints.",
    footer = {"%nExamples:", "  cairn model show models/starter"})
final class ModelCommand {

  private static final String COMPUTE =
      "Also time which number format encodes quicker here; takes seconds.";

  @Command(
      name = "show",
      description = "Check a checkpoint and print its form, its types and its digests.",
      footer = {
        "%nExamples:",
        "  cairn model show models/starter",
        "  cairn model show --compute models/starter"
      })
  void show(
      @Mixin Output output,
      @Option(names = "--compute", description = COMPUTE) boolean compute,
      @Parameters(
              paramLabel = "DIR",
              defaultValue = "${env:CAIRN_MODEL:-models/starter}",
              description = "The checkpoint (default: ${DEFAULT-VALUE}).")
          Path folder)
      throws IOException {
    output.item(CheckpointSummary.of(folder, compute ? CheckpointSummary.Compute.timed() : null));
  }
}
