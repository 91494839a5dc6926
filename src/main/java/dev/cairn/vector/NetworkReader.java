package dev.cairn.vector;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.checkpoint.TensorNumbers;
import dev.cairn.checkpoint.WeightFiles;
import dev.cairn.kernel.BytePanels;
import dev.cairn.kernel.FloatPanels;
import dev.cairn.kernel.Panels;
import dev.cairn.model.ModelConfig;
import dev.cairn.safetensors.TensorEntry;
import dev.cairn.safetensors.TensorType;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the weights of a checkpoint for the processor, by their names. */
final class NetworkReader {

  private final ModelConfig config;
  private final WeightFiles files;
  private final Arena arena;

  private NetworkReader(ModelConfig config, WeightFiles files, Arena arena) {
    this.config = config;
    this.files = files;
    this.arena = arena;
  }

  /**
   * @param arena holds the matrices of whole numbers
   * @throws CheckpointException when a tensor is missing or cannot be read
   */
  static Network read(Checkpoint checkpoint, Arena arena) {
    try (WeightFiles files = WeightFiles.open(checkpoint.folder())) {
      return new NetworkReader(checkpoint.config(), files, arena).network();
    }
  }

  private Network network() {
    List<Network.Stage> stages = new ArrayList<>();
    for (int layer = 0; layer < config.lowerLayers(); layer++) {
      stages.add(new Network.Stage(null, layer("lower." + layer + ".")));
    }
    for (int layer = 0; layer < config.upperLayers(); layer++) {
      stages.add(new Network.Stage(retrievalBefore(layer), layer("upper." + layer + ".")));
    }
    return new Network(config, matrix("embed_tokens"), stages, vector("norm.weight"), chunks());
  }

  private Network.@Nullable Retrieval retrievalBefore(int upperLayer) {
    int block = config.hsaLayers().indexOf(upperLayer);
    return block < 0 ? null : retrieval("hsa." + block + ".");
  }

  private Network.Layer layer(String prefix) {
    return layer(prefix, sink(prefix + "self_attn."));
  }

  private Network.Layer layer(String prefix, Network.@Nullable Sink sink) {
    String attention = prefix + "self_attn.";
    return new Network.Layer(
        vector(prefix + "input_layernorm.weight"),
        new Network.Attention(
            matrix(attention + "q_proj"),
            matrix(attention + "k_proj"),
            matrix(attention + "v_proj"),
            matrix(attention + "o_proj"),
            sink),
        feedForward(prefix + "post_attention_layernorm", prefix + "mlp."));
  }

  private Network.Sink sink(String prefix) {
    float[] key = vector(prefix + "sink_k");
    RotaryEmbedding away = new RotaryEmbedding(config);
    away.stand(-config.slidingWindow());
    for (int head = 0; head < config.keyValueHeads(); head++) {
      away.apply(key, head * config.headDim(), key, head * config.headDim());
    }
    return new Network.Sink(key, vector(prefix + "sink_v"));
  }

  private Network.Chunks chunks() {
    String prefix = "chunk_encoder.";
    List<Network.Layer> layers = new ArrayList<>();
    int count = config.landmark() == ModelConfig.Landmark.NONE ? 0 : config.encoderLayers();
    for (int layer = 0; layer < count; layer++) {
      layers.add(layer(prefix + "layers." + layer + ".", null));
    }
    return new Network.Chunks(
        config.landmark() == ModelConfig.Landmark.CLS ? vector(prefix + "cls") : null,
        layers,
        vector(prefix + "norm.weight"),
        matrix(prefix + "k_proj"),
        matrix(prefix + "v_proj"),
        matrix(prefix + "landmark_proj"),
        vector(prefix + "landmark_norm.weight"));
  }

  private Network.Retrieval retrieval(String prefix) {
    return new Network.Retrieval(
        vector(prefix + "retrieval_norm.weight"),
        matrix(prefix + "retrieval_proj"),
        vector(prefix + "query_norm.weight"),
        vector(prefix + "norm.weight"),
        matrix(prefix + "q_proj"),
        matrix(prefix + "o_proj"),
        feedForward(prefix + "mlp_norm", prefix + "mlp."));
  }

  private Network.FeedForward feedForward(String norm, String prefix) {
    return new Network.FeedForward(
        vector(norm + ".weight"),
        matrix(prefix + "gate_proj"),
        matrix(prefix + "up_proj"),
        matrix(prefix + "down_proj"));
  }

  private Panels matrix(String name) {
    String weight = name + ".weight";
    TensorEntry entry = files.entry(weight);
    int outputs = Math.toIntExact(entry.shape()[0]);
    int inputs = Math.toIntExact(entry.shape()[1]);
    return entry.type() == TensorType.I8
        ? BytePanels.of(
            TensorNumbers.bytes(files, weight), inputs, vector(weight + Checkpoint.SCALE), arena)
        : FloatPanels.of(vector(weight), outputs, inputs);
  }

  private float[] vector(String name) {
    return TensorNumbers.read(files, name);
  }
}
