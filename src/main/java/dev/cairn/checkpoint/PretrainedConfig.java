package dev.cairn.checkpoint;

import static dev.cairn.model.Sizes.require;

import dev.cairn.model.HeadLayout;
import dev.cairn.model.Layers.Features;
import dev.cairn.model.Rope;
import java.util.List;
import java.util.Set;

/**
 * A config.json as Hugging Face's classes for Llama, Mistral, Qwen 2 and Qwen 3 write it. What
 * cannot be computed is refused by the key that asks for it.
 */
final class PretrainedConfig {

  private static final Set<String> MODEL_TYPES = Set.of("llama", "mistral", "qwen2", "qwen3");

  private final JsonFile json;
  private final String modelType;

  private PretrainedConfig(JsonFile json) {
    this.json = json;
    this.modelType = json.text("model_type");
  }

  /**
   * @param seen tokens that are attended to at once: what a window in force must hold
   * @throws IllegalArgumentException when it asks for something else, or its numbers do not fit
   */
  static Pretrained read(JsonFile json, int seen) {
    return new PretrainedConfig(json).read(seen);
  }

  private Pretrained read(int seen) {
    refuseOthers();
    HeadLayout heads = heads();
    return new Pretrained(
        modelType,
        json.integer("vocab_size"),
        json.integer("hidden_size"),
        json.integer("num_hidden_layers"),
        heads,
        json.integer("intermediate_size"),
        json.real("rms_norm_eps", 1e-6),
        rope(heads.headDim()),
        positions(seen),
        new Features(
            modelType.equals("qwen2"),
            modelType.equals("qwen3"),
            json.truth("tie_word_embeddings", false)),
        json.integersOrOne("eos_token_id"));
  }

  private void refuseOthers() {
    require(
        MODEL_TYPES.contains(modelType),
        "model_type must be %s, llama, mistral, qwen2 or qwen3, not %s"
            .formatted(HsaConfig.MODEL_TYPE, modelType));
    require(json.text("hidden_act", "silu").equals("silu"), "hidden_act must be silu");
    require(!json.truth("attention_bias", false), "attention_bias must be false");
    require(!json.truth("mlp_bias", false), "mlp_bias must be false");
    require(!json.isSet("quantization_config"), "quantization_config cannot be loaded");
    require(json.real("partial_rotary_factor", 1) == 1, "partial_rotary_factor must be 1");
    for (String key : List.of("num_experts", "num_local_experts", "n_routed_experts")) {
      require(json.integer(key, 0) == 0, key + " must be 0: experts cannot be loaded");
    }
    if (json.isSet("layer_types")) {
      require(
          json.strings("layer_types").stream().allMatch("full_attention"::equals),
          "layer_types must all be full_attention");
    }
  }

  private HeadLayout heads() {
    int heads = json.integer("num_attention_heads");
    int hidden = json.integer("hidden_size");
    require(
        json.isSet("head_dim") || heads > 0 && hidden % heads == 0,
        "hidden_size must be a multiple of num_attention_heads where head_dim is not given");
    return new HeadLayout(
        heads,
        json.integer("num_key_value_heads", heads),
        json.isSet("head_dim") ? json.integer("head_dim") : hidden / heads);
  }

  /**
   * Older files have {@code rope_theta} and {@code rope_scaling}, newer ones both in one object.
   */
  private Rope rope(int headDim) {
    String key = json.isSet("rope_parameters") ? "rope_parameters" : "rope_scaling";
    double theta = json.real("rope_theta", 10_000);
    if (!json.isSet(key)) {
      return Rope.plain(theta);
    }
    JsonFile scaling = json.object(key);
    return scaled(key, scaling, scaling.real("rope_theta", theta), headDim);
  }

  private static Rope scaled(String key, JsonFile scaling, double theta, int headDim) {
    String type = scaling.text("rope_type", scaling.text("type", "default"));
    require(
        scaling.real("partial_rotary_factor", 1) == 1, key + ".partial_rotary_factor must be 1");
    return switch (type) {
      case "default" -> Rope.plain(theta);
      case "llama3" ->
          Rope.llama3(
              theta,
              headDim,
              new Rope.Llama3(
                  scaling.real("factor"),
                  scaling.real("low_freq_factor"),
                  scaling.real("high_freq_factor"),
                  scaling.real("original_max_position_embeddings")));
      default ->
          throw new IllegalArgumentException(
              "%s of type %s cannot be computed, only llama3".formatted(key, type));
    };
  }

  private int positions(int seen) {
    int positions = json.integer("max_position_embeddings");
    boolean inForce =
        json.isSet("sliding_window")
            && json.truth("use_sliding_window", !modelType.startsWith("qwen"));
    if (!inForce) {
      return positions;
    }
    int window = json.integer("sliding_window");
    require(
        window >= seen,
        "sliding_window of %d is shorter than the %d tokens that are attended to at once"
            .formatted(window, seen));
    return Math.min(positions, window);
  }
}
