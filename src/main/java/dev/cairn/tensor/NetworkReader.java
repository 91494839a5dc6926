package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import dev.cairn.model.HeadLayout;
import dev.cairn.model.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Builds the parts of a model from the tensors of a checkpoint, by their names. */
final class NetworkReader {

  private final ModelConfig config;
  private final Weights weights;
  private final RotaryEmbedding rotary;

  NetworkReader(ModelConfig config, Weights weights, RotaryEmbedding rotary) {
    this.config = config;
    this.weights = weights;
    this.rotary = rotary;
  }

  LowerDecoder lowerDecoder(Function<NDArray, Linear> product) {
    return new LowerDecoder(decoderLayers("lower.", config.lowerLayers(), product));
  }

  private List<DecoderLayer> decoderLayers(
      String prefix, int count, Function<NDArray, Linear> product) {
    return IntStream.range(0, count)
        .mapToObj(layer -> decoderLayer(prefix + layer + ".", product))
        .toList();
  }

  private DecoderLayer decoderLayer(String prefix, Function<NDArray, Linear> product) {
    String attention = prefix + "self_attn.";
    WindowAttention.Sink sink =
        new WindowAttention.Sink(
            weights.tensor(attention + "sink_k"),
            weights.tensor(attention + "sink_v"),
            rotary.at(config.slidingWindow(), 1));
    return new DecoderLayer(
        norm(prefix + "input_layernorm"),
        new WindowAttention(
            heads(config.keyValueHeads()),
            projections(attention, product),
            sink,
            config.slidingWindow()),
        norm(prefix + "post_attention_layernorm"),
        feedForward(prefix + "mlp.", product));
  }

  ChunkEncoder chunkEncoder(Function<NDArray, Linear> product) {
    String prefix = "chunk_encoder.";
    int layers = config.landmark() == ModelConfig.Landmark.NONE ? 0 : config.encoderLayers();
    ChunkEncoder.Output output =
        new ChunkEncoder.Output(
            norm(prefix + "norm"),
            linear(prefix + "k_proj"),
            linear(prefix + "v_proj"),
            linear(prefix + "landmark_proj"),
            norm(prefix + "landmark_norm"),
            heads(config.memoryKeyValueHeads()));
    return new ChunkEncoder(
        config.landmark() == ModelConfig.Landmark.CLS ? weights.tensor(prefix + "cls") : null,
        IntStream.range(0, layers)
            .mapToObj(layer -> chunkLayer(prefix + "layers." + layer + ".", product))
            .toList(),
        rotary,
        output);
  }

  private ChunkLayer chunkLayer(String prefix, Function<NDArray, Linear> product) {
    return new ChunkLayer(
        norm(prefix + "input_layernorm"),
        new ChunkAttention(
            heads(config.keyValueHeads()), projections(prefix + "self_attn.", product)),
        norm(prefix + "post_attention_layernorm"),
        feedForward(prefix + "mlp.", product));
  }

  UpperDecoder upperDecoder() {
    List<DecoderLayer> layers = decoderLayers("upper.", config.upperLayers(), Linear.Float32::new);
    List<UpperDecoder.Stage> stages = new ArrayList<>();
    for (int layer = 0; layer < layers.size(); layer++) {
      int block = config.hsaLayers().indexOf(layer);
      stages.add(
          new UpperDecoder.Stage(
              block < 0 ? null : hsaBlock("hsa." + block + "."), layers.get(layer)));
    }
    return new UpperDecoder(stages, norm("norm"));
  }

  private HsaBlock hsaBlock(String prefix) {
    HsaBlock.RetrievalQuery query =
        new HsaBlock.RetrievalQuery(
            norm(prefix + "retrieval_norm"),
            linear(prefix + "retrieval_proj"),
            norm(prefix + "query_norm"));
    MemoryAttention attention =
        new MemoryAttention(
            heads(config.memoryKeyValueHeads()),
            norm(prefix + "norm"),
            linear(prefix + "q_proj"),
            linear(prefix + "o_proj"),
            config.chunkSize());
    return new HsaBlock(
        query,
        attention,
        norm(prefix + "mlp_norm"),
        feedForward(prefix + "mlp.", Linear.Float32::new),
        new HsaBlock.Form(config.topK(), config.chunkWeights(), config.residual()));
  }

  private HeadLayout heads(int keyValueHeads) {
    return new HeadLayout(config.attentionHeads(), keyValueHeads, config.headDim());
  }

  private Projections projections(String prefix, Function<NDArray, Linear> product) {
    return new Projections(
        product.apply(weight(prefix + "q_proj")),
        product.apply(weight(prefix + "k_proj")),
        product.apply(weight(prefix + "v_proj")),
        product.apply(weight(prefix + "o_proj")));
  }

  private SwiGlu feedForward(String prefix, Function<NDArray, Linear> product) {
    return new SwiGlu(
        product.apply(weight(prefix + "gate_proj")),
        product.apply(weight(prefix + "up_proj")),
        product.apply(weight(prefix + "down_proj")));
  }

  private RmsNorm norm(String name) {
    return new RmsNorm(weight(name), config.rmsNormEps());
  }

  private Linear linear(String name) {
    return new Linear.Float32(weight(name));
  }

  NDArray weight(String name) {
    return weights.tensor(name + ".weight");
  }
}
