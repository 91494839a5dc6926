package dev.cairn.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.model.Rope;
import dev.cairn.safetensors.TensorType;
import dev.cairn.vector.GoldenAnswer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What a config.json of a pretrained decoder asks for is computed, or refused by its key. */
class LayersConfigTest {

  private static final String QWEN2 = "layers-qwen2";
  private static final String QWEN3 = "layers-qwen3";
  private static final String LLAMA3 = "layers-llama3";
  private static final String K_BIAS = "model.layers.2.self_attn.k_proj.bias";

  @TempDir private Path folder;

  private LayersCheckpointFolder copy(String variant) throws IOException {
    return LayersCheckpointFolder.copy(variant, folder);
  }

  private LayersCheckpointFolder withParameters(String variant) throws IOException {
    return copy(variant)
        .config(
            config -> {
              ObjectNode parameters = config.putObject("rope_parameters");
              if (config.get("rope_scaling") instanceof ObjectNode scaling) {
                parameters.setAll(scaling);
              } else {
                parameters.put("rope_type", "default");
              }
              parameters.set("rope_theta", config.remove("rope_theta"));
              config.remove("rope_scaling");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {QWEN2, LLAMA3})
  void readsBaseAndScalingOfRotationsFromNewerFiles(String variant) throws IOException {
    GoldenAnswer.assertGiven(withParameters(variant).open(), variant);
  }

  @Test
  void readsAScalingWhoseTypeHasItsOlderName() throws IOException {
    LayersCheckpointFolder older =
        copy(LLAMA3)
            .config(
                config -> {
                  ObjectNode scaling = (ObjectNode) config.get("rope_scaling");
                  scaling.set("type", scaling.remove("rope_type"));
                });
    GoldenAnswer.assertGiven(older.open(), LLAMA3);
  }

  @Test
  void tellsBaseAndScalingOfRotations() throws IOException {
    Rope llama3 = withParameters(LLAMA3).open().form().decoder().rope();
    assertThat(llama3.theta()).isEqualTo(500_000);
    assertThat(llama3.scaling()).isEqualTo("llama3: factor 8.0, 1.0 to 4.0 turns, context 64.0");
    Rope qwen2 = withParameters(QWEN2).open().form().decoder().rope();
    assertThat(qwen2.theta()).isEqualTo(10_000);
    assertThat(qwen2.scaling()).isEqualTo("none");
  }

  @Test
  void refusesAnotherScalingByKeyAndType() throws IOException {
    copy(LLAMA3)
        .config(config -> ((ObjectNode) config.get("rope_scaling")).put("rope_type", "yarn"))
        .assertRefused("config.json", "rope_scaling", "yarn");
    withParameters(LLAMA3)
        .config(config -> ((ObjectNode) config.get("rope_parameters")).put("rope_type", "yarn"))
        .assertRefused("config.json", "rope_parameters", "yarn");
  }

  @Test
  void aHeadSizeOfNullIsThatOfTheHiddenSize() throws IOException {
    GoldenAnswer.assertGiven(
        copy(QWEN2).config(config -> config.putNull("head_dim")).open(), QWEN2);
  }

  @Test
  void anEmbeddingThatIsTheOutputAsWellNeedsNoOther() throws IOException {
    LayersCheckpointFolder both =
        copy(QWEN2).model(model -> model.put("lm_head.weight", TensorType.F32, 259, 64));
    GoldenAnswer.assertGiven(both.open(), QWEN2);
    copy(QWEN2)
        .config(config -> config.put("tie_word_embeddings", false))
        .assertRefused("no tensor lm_head.weight", folder.toString());
  }

  @Test
  void refusesABiasThatIsMissingOrThatNothingAnnounces() throws IOException {
    copy(QWEN2).model(model -> model.remove(K_BIAS)).assertRefused("no tensor " + K_BIAS);
    String unannounced = "model.layers.3.self_attn.o_proj.bias";
    copy(QWEN2)
        .model(model -> model.put(unannounced, TensorType.F32, 64))
        .assertRefused("model.safetensors", unannounced);
    copy(LLAMA3)
        .model(model -> model.put(K_BIAS, TensorType.F32, 32))
        .assertRefused("model.safetensors", K_BIAS);
  }

  @ParameterizedTest
  @CsvSource({
    "attention_bias, true",
    "mlp_bias, true",
    "hidden_act, \"gelu\"",
    "num_local_experts, 8",
    "partial_rotary_factor, 0.5",
    "quantization_config, {\"quant_method\": \"fp8\"}",
    "model_type, \"qwen2_moe\""
  })
  void refusesWhatItCannotComputeByItsKey(String key, String value) throws IOException {
    copy(LLAMA3)
        .config(config -> config.set(key, LayersCheckpointFolder.value(value)))
        .assertRefused("config.json", key);
  }

  @Test
  void aWindowOutOfForceOrWideEnoughChangesNothing() throws IOException {
    LayersCheckpointFolder unused =
        copy(QWEN2)
            .config(config -> config.put("sliding_window", 16).put("use_sliding_window", false));
    GoldenAnswer.assertGiven(unused.open(), QWEN2);
    for (Integer window : new Integer[] {null, 4096}) {
      LayersCheckpointFolder mistral =
          copy(LLAMA3)
              .config(config -> config.put("model_type", "mistral").put("sliding_window", window));
      GoldenAnswer.assertGiven(mistral.open(), LLAMA3);
    }
  }

  @Test
  void refusesAWindowInForceThatIsTooShort() throws IOException {
    copy(LLAMA3)
        .config(config -> config.put("model_type", "mistral").put("sliding_window", 32))
        .assertRefused("config.json", "sliding_window of 32");
    copy(QWEN2)
        .config(config -> config.put("sliding_window", 16).put("use_sliding_window", true))
        .assertRefused("config.json", "sliding_window of 16");
    copy(QWEN3)
        .config(
            config -> config.putArray("layer_types").add("full_attention").add("sliding_attention"))
        .assertRefused("config.json", "layer_types");
  }
}
