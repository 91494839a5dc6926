package dev.cairn.checkpoint;

import static dev.cairn.model.Sizes.require;

import dev.cairn.gguf.GgufMetadata;
import dev.cairn.gguf.GgufModel;
import dev.cairn.gguf.GgufType;
import dev.cairn.model.HeadLayout;
import dev.cairn.model.Layers.Features;
import dev.cairn.model.Rope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the metadata of a GGUF file say of its decoder. What cannot be computed is refused by the
 * key that asks for it.
 */
final class GgufConfig {

  /** Divisors of the angles: Llama 3's scaling, computed by whoever wrote the file. */
  static final String ROPE_DIVISORS = "rope_freqs.weight";

  private static final Set<String> ARCHITECTURES = Set.of("llama", "qwen2", "qwen3");

  private final GgufModel model;
  private final GgufMetadata metadata;
  private final String architecture;

  private GgufConfig(GgufModel model) {
    this.model = model;
    this.metadata = model.metadata();
    this.architecture = metadata.text("general.architecture");
  }

  /**
   * @throws CheckpointException when it asks for something else, or its numbers do not fit
   * @throws dev.cairn.gguf.GgufException when a key is missing
   */
  static Pretrained read(GgufModel model) {
    return CheckpointException.naming(model.metadata().file(), () -> new GgufConfig(model).read());
  }

  /** In files of architecture llama the rows of queries and keys stand interleaved in each head. */
  static int interleavedHeads(GgufModel model, String tensor) {
    HeadLayout heads = new GgufConfig(model).heads();
    if (tensor.endsWith("attn_q.weight")) {
      return heads.heads();
    }
    return tensor.endsWith("attn_k.weight") ? heads.keyValueHeads() : 0;
  }

  private Pretrained read() {
    refuseOthers();
    HeadLayout heads = heads();
    return new Pretrained(
        architecture,
        (int) model.tensor("token_embd.weight").shape()[0],
        count("embedding_length"),
        count("block_count"),
        heads,
        count("feed_forward_length"),
        metadata.real(key("attention.layer_norm_rms_epsilon")),
        rope(heads.headDim()),
        count("context_length"),
        new Features(
            architecture.equals("qwen2"),
            architecture.equals("qwen3"),
            !model.tensors().containsKey("output.weight")),
        endTokens());
  }

  private String key(String name) {
    return architecture + "." + name;
  }

  private int count(String name) {
    return metadata.count(key(name));
  }

  private int count(String name, int otherwise) {
    return metadata.has(key(name)) ? count(name) : otherwise;
  }

  private void refuseOthers() {
    require(
        ARCHITECTURES.contains(architecture),
        "general.architecture must be llama, qwen2 or qwen3, not " + architecture);
    require(count("expert_count", 0) == 0, key("expert_count") + " must be 0");
    String scaling = key("rope.scaling.type");
    require(
        !metadata.has(scaling) || metadata.text(scaling).equals("none"),
        scaling + " cannot be computed, only the divisors of " + ROPE_DIVISORS);
    String window = key("attention.sliding_window");
    require(!metadata.has(window) || metadata.whole(window) == 0, window + " must be 0");
  }

  private HeadLayout heads() {
    int heads = count("attention.head_count");
    int hidden = count("embedding_length");
    require(heads > 0, key("attention.head_count") + " must be positive");
    int headDim = count("attention.key_length", hidden / heads);
    require(
        count("rope.dimension_count", headDim) == headDim,
        key("rope.dimension_count") + " must be that of a head");
    require(
        count("attention.value_length", headDim) == headDim,
        key("attention.value_length") + " must be that of keys");
    return new HeadLayout(heads, count("attention.head_count_kv", heads), headDim);
  }

  private Rope rope(int headDim) {
    String base = key("rope.freq_base");
    double theta = metadata.has(base) ? metadata.real(base) : 10_000;
    if (!model.tensors().containsKey(ROPE_DIVISORS)) {
      return Rope.plain(theta);
    }
    PackedTensor tensor = new PackedTensor(model, model.tensor(ROPE_DIVISORS), ROPE_DIVISORS, 0);
    require(
        tensor.type() == GgufType.F32 && tensor.hasShape(headDim / 2),
        "tensor %s must be F32 of %d numbers".formatted(ROPE_DIVISORS, headDim / 2));
    List<Double> divisors = new ArrayList<>();
    for (float number : TensorNumbers.read(tensor)) {
      divisors.add((double) number);
    }
    return new Rope(theta, divisors, "divisors of " + ROPE_DIVISORS);
  }

  private List<Integer> endTokens() {
    return Stream.of("eos", "eot", "eom")
        .map("tokenizer.ggml.%s_token_id"::formatted)
        .filter(metadata::has)
        .map(metadata::count)
        .toList();
  }
}
