package dev.cairn.checkpoint;

import static dev.cairn.model.Sizes.require;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * An adapter_config.json of PEFT's LoRA: the rank of each module, and how its product is scaled.
 * What would compute something else is refused by key.
 */
final class AdapterConfig {

  /** Keys that ask for more than what is added to matrices of the decoder as it stands. */
  private static final List<String> OTHER_PARTS =
      List.of(
          "modules_to_save",
          "layer_replication",
          "trainable_token_indices",
          "target_parameters",
          "alora_invocation_tokens");

  /** Ways to begin that take something out of the base, which a bare decoder still has. */
  private static final Pattern CHANGES_BASE = Pattern.compile("pissa|olora|corda|loftq");

  private final int rank;
  private final double alpha;
  private final boolean rankStabilized;
  private final Map<String, Double> ranks;
  private final Map<String, Double> alphas;
  private final String baseName;

  private AdapterConfig(JsonFile json) {
    refuseOthers(json);
    rank = json.integer("r");
    alpha = json.real("lora_alpha");
    rankStabilized = json.truth("use_rslora", false);
    ranks = numbers(json, "rank_pattern");
    alphas = numbers(json, "alpha_pattern");
    baseName = json.text("base_model_name_or_path", "");
    require(rank > 0, "r must be positive");
  }

  /**
   * @throws CheckpointException when it is missing, malformed or asks for something else
   */
  static AdapterConfig read(Path path) {
    JsonFile json = JsonFile.read(path);
    return CheckpointException.naming(path, () -> new AdapterConfig(json));
  }

  private static void refuseOthers(JsonFile json) {
    require(json.text("peft_type").equals("LORA"), "peft_type must be LORA");
    require(!json.truth("use_dora", false), "use_dora must be false");
    require(!json.truth("lora_bias", false), "lora_bias must be false");
    require(!json.truth("fan_in_fan_out", false), "fan_in_fan_out must be false");
    for (String key : OTHER_PARTS) {
      require(
          !json.isSet(key) || json.root().path(key).isEmpty(),
          key + " must be empty, or not there");
    }
    String start = json.root().path("init_lora_weights").asString("");
    require(
        !CHANGES_BASE.matcher(start).lookingAt(),
        "init_lora_weights must not be %s, which changes the base's own weights".formatted(start));
    require(json.text("bias", "none").equals("none"), "bias must be none");
  }

  private static Map<String, Double> numbers(JsonFile json, String key) {
    Map<String, Double> numbers = new TreeMap<>();
    if (json.isSet(key)) {
      for (Map.Entry<String, JsonNode> each : json.object(key).root().properties()) {
        require(each.getValue().isNumber(), key + " must have numbers");
        numbers.put(each.getKey(), each.getValue().doubleValue());
      }
    }
    return numbers;
  }

  /** What the base was called that it was trained on; may be empty. */
  String baseName() {
    return baseName;
  }

  int rank(String module) {
    return (int) pattern(ranks, module, rank);
  }

  float scale(String module) {
    double divisor = rankStabilized ? Math.sqrt(rank(module)) : rank(module);
    return (float) (pattern(alphas, module, alpha) / divisor);
  }

  /** Keys are expressions that a module's whole name, or what follows a dot in it, matches. */
  private static double pattern(Map<String, Double> patterns, String module, double otherwise) {
    return patterns.entrySet().stream()
        .filter(each -> module.matches("(.*\\.)?(" + each.getKey() + ")"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(otherwise);
  }
}
