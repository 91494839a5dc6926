package dev.cairn.checkpoint;

import dev.cairn.model.ModelConfig;
import java.nio.file.Path;

/** A checkpoint's config.json. */
final class ConfigFile {

  private static final String MODEL_TYPE = "hsa_decoder";

  private ConfigFile() {}

  /**
   * Reads config.json.
   *
   * @throws CheckpointException when it is missing, malformed or of another kind of model, or when
   *     its numbers do not fit each other
   */
  static ModelConfig read(Path file) {
    JsonFile json = JsonFile.read(file);
    try {
      require(
          json.text("model_type").equals(MODEL_TYPE),
          "model_type must be " + MODEL_TYPE + ", not " + json.text("model_type"));
      require(
          !json.has("tie_word_embeddings") || json.truth("tie_word_embeddings"),
          "tie_word_embeddings must be true");
      return of(json);
    } catch (IllegalArgumentException e) {
      throw new CheckpointException(
          CheckpointException.Reason.CONFIG_INVALID, file + ": " + e.getMessage(), e);
    }
  }

  private static ModelConfig of(JsonFile json) {
    return new ModelConfig(
        json.integer("vocab_size"),
        json.integer("hidden_size"),
        json.integer("num_attention_heads"),
        json.integer("num_key_value_heads"),
        json.integer("head_dim"),
        json.integer("intermediate_size"),
        json.real("rms_norm_eps"),
        json.real("rope_theta"),
        json.integer("sliding_window"),
        json.integer("num_lower_layers"),
        json.integer("num_upper_layers"),
        json.integers("hsa_layers"),
        json.integer("chunk_size"),
        json.integer("encoder_layers"),
        json.integer("memory_kv_heads"),
        json.integer("retrieval_dim"),
        json.integer("top_k"),
        json.choice("landmark", ModelConfig.Landmark.class),
        json.choice("chunk_weights", ModelConfig.ChunkWeights.class),
        json.choice("residual", ModelConfig.Residual.class),
        json.integer("bos_token_id"),
        json.integer("eos_token_id"));
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
