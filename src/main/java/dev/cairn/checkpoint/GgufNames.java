package dev.cairn.checkpoint;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Hugging Face calls the tensors of a GGUF file. */
final class GgufNames {

  private static final Pattern IN_LAYER = Pattern.compile("blk\\.(\\d+)\\.(\\w+)\\.(weight|bias)");

  private static final Map<String, String> PARTS =
      Map.ofEntries(
          Map.entry("attn_norm", "input_layernorm"),
          Map.entry("attn_q", "self_attn.q_proj"),
          Map.entry("attn_k", "self_attn.k_proj"),
          Map.entry("attn_v", "self_attn.v_proj"),
          Map.entry("attn_output", "self_attn.o_proj"),
          Map.entry("attn_q_norm", "self_attn.q_norm"),
          Map.entry("attn_k_norm", "self_attn.k_norm"),
          Map.entry("ffn_norm", "post_attention_layernorm"),
          Map.entry("ffn_gate", "mlp.gate_proj"),
          Map.entry("ffn_up", "mlp.up_proj"),
          Map.entry("ffn_down", "mlp.down_proj"));

  private static final Map<String, String> OTHERS =
      Map.of(
          "token_embd.weight", "model.embed_tokens.weight",
          "output_norm.weight", "model.norm.weight",
          "output.weight", "lm_head.weight");

  private GgufNames() {}

  /** The name of a tensor as it is in the file where there is no other. */
  static String of(String name) {
    return inLayer(name).orElse(OTHERS.getOrDefault(name, name));
  }

  private static Optional<String> inLayer(String name) {
    Matcher matcher = IN_LAYER.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String part = PARTS.getOrDefault(matcher.group(2), matcher.group(2));
    return Optional.of("model.layers.%s.%s.%s".formatted(matcher.group(1), part, matcher.group(3)));
  }
}
