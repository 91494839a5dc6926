package dev.cairn.cli;

import dev.cairn.model.Checkpoint;
import dev.cairn.model.ModelConfig;
import dev.cairn.model.SafetensorsFile;
import dev.cairn.model.SentenceSettings;
import dev.cairn.model.TensorEntry;
import dev.cairn.model.TensorType;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A checked checkpoint, for people and programs.
 *
 * @param numbers how many numbers its weight files hold of each type
 */
record CheckpointSummary(
    String folder,
    ModelConfig config,
    Map<TensorType, Long> numbers,
    @Nullable Sentence sentence,
    String weightsSha256,
    String tokenizerSha256,
    String configSha256) {

  /** The sentence encoder without its mean vectors. */
  record Sentence(String model, int dimension, float scale, String sha256) {

    static @Nullable Sentence of(@Nullable SentenceSettings settings) {
      return settings == null
          ? null
          : new Sentence(
              settings.model(), settings.dimension(), settings.scale(), settings.sha256());
    }
  }

  /**
   * @throws dev.cairn.model.CheckpointException when the checkpoint cannot be used
   */
  static CheckpointSummary of(Path folder) throws IOException {
    Checkpoint checkpoint = Checkpoint.open(folder);
    return new CheckpointSummary(
        folder.toString(),
        checkpoint.config(),
        numbers(folder),
        Sentence.of(checkpoint.sentence()),
        checkpoint.weightsSha256(),
        checkpoint.tokenizerSha256(),
        checkpoint.configSha256());
  }

  private static Map<TensorType, Long> numbers(Path folder) throws IOException {
    var numbers = new TreeMap<TensorType, Long>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "model*.safetensors")) {
      for (Path path : files) {
        try (var file = SafetensorsFile.open(path)) {
          file.header().tensors().values().forEach(entry -> count(entry, numbers));
        }
      }
    }
    return numbers;
  }

  private static void count(TensorEntry entry, Map<TensorType, Long> numbers) {
    numbers.merge(entry.type(), entry.length() / entry.type().bytes(), Long::sum);
  }
}
