package dev.cairn.checkpoint;

import dev.cairn.checkpoint.DecoderWeights.FeedForward;
import dev.cairn.checkpoint.DecoderWeights.Layer;
import dev.cairn.checkpoint.DecoderWeights.Sink;
import dev.cairn.model.DecoderShape;
import dev.cairn.model.Hsa;
import dev.cairn.model.Hsa.Landmark;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The one walk over the weights of the form {@link Hsa}: which there are, under which names, of
 * which axes. A part is read when it is asked for.
 *
 * <p>Axes: V vocab_size, d hidden_size, H query heads, Hk key-value heads, e head_dim, f
 * intermediate_size, Hm memory_kv_heads, r retrieval_dim.
 *
 * @param <M> a matrix
 * @param <V> a vector, or a few of them
 */
public final class HsaWeights<M, V> {

  private final Hsa form;
  private final DecoderShape shape;
  private final WeightSource<M, V> source;
  private final LayerReader<M, V> reader;
  private final int hidden;

  public HsaWeights(Hsa form, WeightSource<M, V> source) {
    this.form = form;
    this.shape = form.decoder();
    this.source = source;
    this.reader = new LayerReader<>(shape, source);
    this.hidden = shape.hiddenSize();
  }

  /**
   * An HSA block.
   *
   * @param retrievalNorm (d)
   * @param retrieval (r, d)
   * @param queryNorm (r)
   * @param norm (d), before the query of the memory
   * @param query (H * e, d)
   * @param output (d, H * e)
   */
  public record Block<M, V>(
      V retrievalNorm,
      M retrieval,
      V queryNorm,
      V norm,
      M query,
      M output,
      FeedForward<M, V> feedForward) {}

  /** A layer and the HSA block before it, if there is one. */
  public record ReadingLayer<M, V>(@Nullable Block<M, V> block, Layer<M, V> layer) {}

  /**
   * The chunk encoder.
   *
   * @param cls (d); null makes the landmark from the mean
   * @param norm (d)
   * @param key (Hm * e, d)
   * @param value (Hm * e, d)
   * @param landmark (r, d)
   * @param landmarkNorm (r)
   */
  public record Encoder<M, V>(
      @Nullable V cls,
      List<Layer<M, V>> layers,
      V norm,
      M key,
      M value,
      M landmark,
      V landmarkNorm) {}

  /** (V, d), tied to the output. */
  public M embedding() {
    return source.matrix("embed_tokens.weight", shape.vocabSize(), hidden);
  }

  public List<Layer<M, V>> lower() {
    return each(form.lowerLayers(), layer -> decoderLayer("lower." + layer + "."));
  }

  public List<ReadingLayer<M, V>> upper() {
    return each(form.upperLayers(), this::upper);
  }

  private ReadingLayer<M, V> upper(int layer) {
    int number = form.blocks().beforeLayers().indexOf(layer);
    return new ReadingLayer<>(
        number < 0 ? null : block("hsa." + number + "."), decoderLayer("upper." + layer + "."));
  }

  /** (d), before the output. */
  public V norm() {
    return reader.norm("norm");
  }

  public Encoder<M, V> encoder() {
    String prefix = "chunk_encoder.";
    int width = form.memoryHeads().keyValueWidth();
    boolean hasCls = form.encoder().landmark() == Landmark.CLS;
    return new Encoder<>(
        hasCls ? source.vector(prefix + "cls", hidden) : null,
        each(form.encoder().layers(), layer -> layer(prefix + "layers." + layer + ".", null)),
        reader.norm(prefix + "norm"),
        reader.matrix(prefix + "k_proj", width, hidden),
        reader.matrix(prefix + "v_proj", width, hidden),
        reader.matrix(prefix + "landmark_proj", form.chunk().landmarkDim(), hidden),
        source.vector(prefix + "landmark_norm.weight", form.chunk().landmarkDim()));
  }

  private Layer<M, V> decoderLayer(String prefix) {
    String attention = prefix + "self_attn.";
    int[] axes = {shape.heads().keyValueHeads(), shape.heads().headDim()};
    return layer(
        prefix,
        new Sink<>(
            source.vector(attention + "sink_k", axes), source.vector(attention + "sink_v", axes)));
  }

  private Layer<M, V> layer(String prefix, @Nullable Sink<V> sink) {
    return reader.layer(prefix, new LayerReader.Extras<>(null, null, sink));
  }

  private Block<M, V> block(String prefix) {
    int queries = shape.heads().queryWidth();
    int dim = form.chunk().landmarkDim();
    return new Block<>(
        reader.norm(prefix + "retrieval_norm"),
        reader.matrix(prefix + "retrieval_proj", dim, hidden),
        source.vector(prefix + "query_norm.weight", dim),
        reader.norm(prefix + "norm"),
        reader.matrix(prefix + "q_proj", queries, hidden),
        reader.matrix(prefix + "o_proj", hidden, queries),
        reader.feedForward(prefix + "mlp_norm", prefix + "mlp."));
  }

  private static <T> List<T> each(int count, IntFunction<T> read) {
    return IntStream.range(0, count).mapToObj(read).toList();
  }
}
