package dev.cairn.cli;

import dev.cairn.model.Checkpoint;
import dev.cairn.model.SentenceSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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
      description = "Check a checkpoint and print its form.",
      footer = {"%nExample:", "  cairn model show models/starter"})
  void show(
      @Mixin Output output,
      @Parameters(
              paramLabel = "DIR",
              defaultValue = "${env:CAIRN_MODEL:-models/starter}",
              description = "The checkpoint (default: ${DEFAULT-VALUE}).")
          Path folder) {
    output.item(summary(Checkpoint.open(folder)));
  }

  private static Map<String, Object> summary(Checkpoint checkpoint) {
    var summary = new LinkedHashMap<String, Object>();
    summary.put("folder", checkpoint.folder().toString());
    summary.put("config", checkpoint.config());
    SentenceSettings sentence = checkpoint.sentence();
    summary.put("sentence", sentence == null ? "none" : summary(sentence));
    summary.put("weightsSha256", checkpoint.weightsSha256());
    summary.put("tokenizerSha256", checkpoint.tokenizerSha256());
    summary.put("configSha256", checkpoint.configSha256());
    return summary;
  }

  private static Map<String, Object> summary(SentenceSettings sentence) {
    var summary = new LinkedHashMap<String, Object>();
    summary.put("model", sentence.model());
    summary.put("dimension", sentence.dimension());
    summary.put("scale", sentence.scale());
    summary.put("sha256", sentence.sha256());
    return summary;
  }
}
