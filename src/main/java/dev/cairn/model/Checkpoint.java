package dev.cairn.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint folder whose files were checked: every tensor that the configuration needs is there
 * with the right shape and a dtype that loads. Weights themselves are read when a model is loaded.
 *
 * @param folder where it lies
 * @param config its configuration
 * @param sentence the sentence encoder that it names, or null
 * @param weightsSha256 over all weight files (names and bytes), lower-case hex
 * @param tokenizerSha256 of tokenizer.json, lower-case hex
 * @param configSha256 of config.json, lower-case hex
 */
public record Checkpoint(
    Path folder,
    ModelConfig config,
    @Nullable SentenceSettings sentence,
    String weightsSha256,
    String tokenizerSha256,
    String configSha256) {

  /**
   * @throws CheckpointException when a file is missing, malformed or truncated, or a tensor is
   *     missing or misshapen
   */
  public static Checkpoint open(Path folder) {
    throw new UnsupportedOperationException("not built yet: " + folder);
  }
}
