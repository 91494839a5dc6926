package dev.cairn.cli;

import dev.cairn.terminal.NamedFile;
import dev.cairn.terminal.Output;
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
    footer = {
      "%nExamples:",
      "  cairn model show models/cairn-0.5b",
      "  cairn model check qwen2.5.gguf \"Who signed?\" contract.txt"
    })
final class ModelCommand {

  private static final String COMPUTE =
      "Also time which number format encodes quicker here; takes seconds.";

  @Command(
      name = "show",
      description = "Check a checkpoint and print its form, its types and its digests.",
      footer = {
        "%nExamples:",
        "  cairn model show models/cairn-0.5b",
        "  cairn model show --compute models/cairn-0.5b"
      })
  void show(
      @Mixin Output output,
      @Option(names = "--compute", description = COMPUTE) boolean compute,
      @Parameters(
              paramLabel = "DIR",
              defaultValue = "${env:CAIRN_MODEL:-models/cairn-0.5b}",
              description = "The checkpoint (default: ${DEFAULT-VALUE}).")
          Path folder) {
    output.item(
        CheckpointSummary.of(
            NamedFile.existing(folder), compute ? CheckpointSummary.Compute.timed() : null));
  }

  @Command(
      name = "check",
      description = {
        "Try a checkpoint: check it, encode a file with it, ask a question about the file.",
        "Starts a server of its own and leaves nothing behind."
      },
      footer = {
        "%nExamples:",
        "  cairn model check models/cairn-0.5b \"What is the harbour code?\" notes.txt"
      })
  void check(
      @Mixin Output output,
      @Parameters(paramLabel = "MODEL", description = "A folder, or a file of a GGUF model.")
          Path model,
      @Parameters(paramLabel = "QUESTION", description = "About the file.") String question,
      @Parameters(paramLabel = "FILE", description = "A text.") Path file)
      throws IOException, InterruptedException {
    NamedFile.filled(file);
    CheckpointSummary summary = CheckpointSummary.of(NamedFile.existing(model), null);
    if (output.json()) {
      output.item(new Checked(summary, new ModelCheck(output.err()).run(model, question, file)));
    } else {
      output.item(summary);
      new ModelCheck(output.err()).run(model, question, file).print(output.out());
    }
  }

  /** What a checkpoint is, and what it answered. */
  record Checked(CheckpointSummary model, ModelCheck.Tried tried) {}
}
