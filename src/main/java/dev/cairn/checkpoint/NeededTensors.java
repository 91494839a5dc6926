package dev.cairn.checkpoint;

import dev.cairn.model.ModelConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tensors that a configuration needs, with their shapes. Weights of linear layers are (out,
 * in).
 */
final class NeededTensors {

  private final ModelConfig config;
  private final int hidden;
  private final int heads;
  private final Map<String, long[]> shapes = new LinkedHashMap<>();

  private NeededTensors(ModelConfig config) {
    this.config = config;
    hidden = config.hiddenSize();
    heads = config.attentionHeads() * config.headDim();
  }

  /** Shapes by name. */
  static Map<String, long[]> of(ModelConfig config) {
    NeededTensors needed = new NeededTensors(config);
    needed.addAll();
    return needed.shapes;
  }

  private void addAll() {
    add("embed_tokens.weight", config.vocabSize(), hidden);
    for (int layer = 0; layer < config.lowerLayers(); layer++) {
      addDecoderLayer("lower." + layer + ".");
    }
    for (int layer = 0; layer < config.upperLayers(); layer++) {
      addDecoderLayer("upper." + layer + ".");
    }
    addChunkEncoder();
    for (int block = 0; block < config.hsaLayers().size(); block++) {
      addHsaBlock("hsa." + block + ".");
    }
    add("norm.weight", hidden);
  }

  private void addDecoderLayer(String prefix) {
    addLayer(prefix);
    add(prefix + "self_attn.sink_k", config.keyValueHeads(), config.headDim());
    add(prefix + "self_attn.sink_v", config.keyValueHeads(), config.headDim());
  }

  private void addLayer(String prefix) {
    int keyValueHeads = config.keyValueHeads() * config.headDim();
    add(prefix + "input_layernorm.weight", hidden);
    add(prefix + "self_attn.q_proj.weight", heads, hidden);
    add(prefix + "self_attn.k_proj.weight", keyValueHeads, hidden);
    add(prefix + "self_attn.v_proj.weight", keyValueHeads, hidden);
    add(prefix + "self_attn.o_proj.weight", hidden, heads);
    add(prefix + "post_attention_layernorm.weight", hidden);
    addMlp(prefix + "mlp.");
  }

  private void addMlp(String prefix) {
    add(prefix + "gate_proj.weight", config.intermediateSize(), hidden);
    add(prefix + "up_proj.weight", config.intermediateSize(), hidden);
    add(prefix + "down_proj.weight", hidden, config.intermediateSize());
  }

  private void addChunkEncoder() {
    int memoryHeads = config.memoryKeyValueHeads() * config.headDim();
    if (config.landmark() == ModelConfig.Landmark.CLS) {
      add("chunk_encoder.cls", hidden);
    }
    if (config.landmark() != ModelConfig.Landmark.NONE) {
      for (int layer = 0; layer < config.encoderLayers(); layer++) {
        addLayer("chunk_encoder.layers." + layer + ".");
      }
    }
    add("chunk_encoder.norm.weight", hidden);
    add("chunk_encoder.k_proj.weight", memoryHeads, hidden);
    add("chunk_encoder.v_proj.weight", memoryHeads, hidden);
    add("chunk_encoder.landmark_proj.weight", config.retrievalDim(), hidden);
    add("chunk_encoder.landmark_norm.weight", config.retrievalDim());
  }

  private void addHsaBlock(String prefix) {
    add(prefix + "retrieval_norm.weight", hidden);
    add(prefix + "retrieval_proj.weight", config.retrievalDim(), hidden);
    add(prefix + "query_norm.weight", config.retrievalDim());
    add(prefix + "norm.weight", hidden);
    add(prefix + "q_proj.weight", heads, hidden);
    add(prefix + "o_proj.weight", hidden, heads);
    add(prefix + "mlp_norm.weight", hidden);
    addMlp(prefix + "mlp.");
  }

  private void add(String name, long... shape) {
    shapes.put(name, shape);
  }
}
