package dev.cairn.tokenizer;

import dev.cairn.checkpoint.CheckpointException;
import dev.cairn.gguf.GgufMetadata;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Byte-level BPE: text is cut by the rule of {@code tokenizer.ggml.pre}, the bytes of a part are
 * joined by merges.
 *
 * @param merges pairs in falling rank, written with a blank between them
 */
record ByteLevelRules(PreTokenizer pre, List<String> merges) implements TokenRules {

  private static final String PRE = "tokenizer.ggml.pre";

  /**
   * @throws CheckpointException when the name of the rule is missing or not known
   */
  static ByteLevelRules read(GgufMetadata metadata) {
    String name = metadata.has(PRE) ? metadata.text(PRE) : "";
    PreTokenizer pre =
        PreTokenizer.named(name)
            .orElseThrow(
                () ->
                    new CheckpointException(
                        CheckpointException.Reason.CONFIG_INVALID,
                        "%s: %s is %s; known are %s. A tokenizer.json beside it would decide."
                            .formatted(
                                metadata.file(),
                                PRE,
                                name.isEmpty() ? "missing" : name,
                                PreTokenizer.names())));
    return new ByteLevelRules(pre, metadata.texts("tokenizer.ggml.merges"));
  }

  @Override
  public boolean starts() {
    return pre.starts();
  }

  @Override
  public void addTo(ObjectNode root) {
    root.set("normalizer", pre.normalizer());
    root.set("pre_tokenizer", pre.json());
    root.set("decoder", PreTokenizer.byteLevel(true));
    ObjectNode model = root.putObject("model");
    model.put("type", "BPE").put("ignore_merges", pre.ignoresMerges());
    ArrayNode pairs = model.putArray("merges");
    merges.forEach(pairs::add);
  }
}
