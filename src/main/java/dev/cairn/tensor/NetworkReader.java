package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import dev.cairn.checkpoint.DecoderWeights.Attention;
import dev.cairn.checkpoint.DecoderWeights.FeedForward;
import dev.cairn.checkpoint.DecoderWeights.Layer;
import dev.cairn.checkpoint.DecoderWeights.Sink;
import dev.cairn.checkpoint.HsaWeights;
import dev.cairn.checkpoint.HsaWeights.Block;
import dev.cairn.checkpoint.HsaWeights.ReadingLayer;
import dev.cairn.model.Hsa;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Builds the parts of a network from the weights of a checkpoint.
 *
 * @param product makes products from FP32 weights (o, i)
 */
record NetworkReader(
    Hsa form,
    HsaWeights<NDArray, NDArray> weights,
    RotaryEmbedding rotary,
    Function<NDArray, Linear> product) {

  LowerDecoder lowerDecoder() {
    return new LowerDecoder(
        weights.embedding(), rotary, weights.lower().stream().map(this::decoderLayer).toList());
  }

  private DecoderLayer decoderLayer(Layer<NDArray, NDArray> layer) {
    Sink<NDArray> sink = Objects.requireNonNull(layer.attention().sink());
    WindowAttention attention =
        new WindowAttention(
            form.decoder().heads(),
            projections(layer.attention()),
            new WindowAttention.Sink(sink.key(), sink.value(), rotary.at(form.slidingWindow(), 1)),
            form.slidingWindow());
    return new DecoderLayer(
        norm(layer.norm()),
        attention,
        norm(layer.feedForward().norm()),
        feedForward(layer.feedForward()));
  }

  ChunkEncoder chunkEncoder() {
    HsaWeights.Encoder<NDArray, NDArray> encoder = weights.encoder();
    ChunkEncoder.Output output =
        new ChunkEncoder.Output(
            norm(encoder.norm()),
            new Linear.Float32(encoder.key()),
            new Linear.Float32(encoder.value()),
            new Linear.Float32(encoder.landmark()),
            norm(encoder.landmarkNorm()),
            form.memoryHeads());
    return new ChunkEncoder(
        encoder.cls(), encoder.layers().stream().map(this::chunkLayer).toList(), rotary, output);
  }

  private ChunkEncoder.ChunkLayer chunkLayer(Layer<NDArray, NDArray> layer) {
    return new ChunkEncoder.ChunkLayer(
        norm(layer.norm()),
        new ChunkAttention(form.decoder().heads(), projections(layer.attention())),
        norm(layer.feedForward().norm()),
        feedForward(layer.feedForward()));
  }

  UpperDecoder upperDecoder() {
    List<UpperDecoder.ReadingLayer> layers =
        weights.upper().stream().map(this::readingLayer).toList();
    return new UpperDecoder(layers, norm(weights.norm()));
  }

  private UpperDecoder.ReadingLayer readingLayer(ReadingLayer<NDArray, NDArray> each) {
    return new UpperDecoder.ReadingLayer(
        each.block() == null ? null : hsaBlock(each.block()), decoderLayer(each.layer()));
  }

  private HsaBlock hsaBlock(Block<NDArray, NDArray> block) {
    HsaBlock.RetrievalQuery query =
        new HsaBlock.RetrievalQuery(
            norm(block.retrievalNorm()),
            new Linear.Float32(block.retrieval()),
            norm(block.queryNorm()));
    MemoryAttention attention =
        new MemoryAttention(
            form.memoryHeads(),
            norm(block.norm()),
            new Linear.Float32(block.query()),
            new Linear.Float32(block.output()),
            form.chunk().size());
    return new HsaBlock(
        query,
        attention,
        norm(block.feedForward().norm()),
        feedForward(block.feedForward()),
        form.blocks());
  }

  private Linear.OfAttention projections(Attention<NDArray, NDArray> attention) {
    return new Linear.OfAttention(
        product.apply(attention.query()),
        product.apply(attention.key()),
        product.apply(attention.value()),
        product.apply(attention.output()));
  }

  private SwiGlu feedForward(FeedForward<NDArray, NDArray> weights) {
    return new SwiGlu(
        product.apply(weights.gate()), product.apply(weights.up()), product.apply(weights.down()));
  }

  private RmsNorm norm(NDArray weight) {
    return new RmsNorm(weight, form.decoder().rmsNormEps());
  }
}
