package dev.cairn.checkpoint;

import dev.cairn.checkpoint.DecoderWeights.Biases;
import dev.cairn.checkpoint.DecoderWeights.HeadNorms;
import dev.cairn.checkpoint.DecoderWeights.Layer;
import dev.cairn.model.DecoderShape;
import dev.cairn.model.Layers;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The one walk over the weights of the form {@link Layers}: which there are, under the names that
 * Hugging Face gives them, of which axes. A part is read when it is asked for.
 *
 * <p>Axes: V vocab_size, d hidden_size, H query heads, Hk key-value heads, e head_dim, f
 * intermediate_size, R retrieval_layer, r retrieval_dim.
 *
 * @param <M> a matrix
 * @param <V> a vector, or a few of them
 */
public final class LayersWeights<M, V> {

  private final Layers form;
  private final DecoderShape shape;
  private final WeightSource<M, V> source;
  private final LayerReader<M, V> reader;
  private final int hidden;

  public LayersWeights(Layers form, WeightSource<M, V> source) {
    this.form = form;
    this.shape = form.decoder();
    this.source = source;
    this.reader = new LayerReader<>(shape, source);
    this.hidden = shape.hiddenSize();
  }

  /**
   * A row that is learned, and follows the tokens of a chunk or of a prompt through R layers.
   *
   * @param start (d), what it begins as
   * @param deltas (R, d), added before each layer
   * @param norm (d), behind the last of them
   * @param projection (r, d)
   */
  public record LearnedRow<M, V>(V start, V deltas, V norm, M projection) {}

  /** (V, d). */
  public M embedding() {
    return reader.matrix("model.embed_tokens", shape.vocabSize(), hidden);
  }

  /** Of number 0 to L - 1. */
  public Layer<M, V> layer(int number) {
    String prefix = "model.layers." + number + ".";
    String attention = prefix + "self_attn.";
    return reader.layer(
        prefix,
        new LayerReader.Extras<>(
            form.features().attentionBias() ? biases(attention) : null,
            form.features().headNorms() ? headNorms(attention) : null,
            null));
  }

  public List<Layer<M, V>> layers() {
    return IntStream.range(0, form.layers()).mapToObj(this::layer).toList();
  }

  /** (d), before the output. */
  public V norm() {
    return reader.norm("model.norm");
  }

  /** (V, d); null when the embedding is the output as well. */
  public @Nullable M output() {
    return form.features().tiedOutput()
        ? null
        : reader.matrix("lm_head", shape.vocabSize(), hidden);
  }

  /** Behind the tokens of a chunk: what its landmark is made of. */
  public LearnedRow<M, V> cls() {
    return row("cls.");
  }

  /** Behind a prompt: what is compared with landmarks. */
  public LearnedRow<M, V> query() {
    return row("query.");
  }

  private LearnedRow<M, V> row(String prefix) {
    int layers = form.retrievalLayers();
    return new LearnedRow<>(
        source.vector(prefix + "embedding", hidden),
        source.vector(prefix + "delta", layers, hidden),
        reader.norm(prefix + "norm"),
        reader.matrix(prefix + "proj", form.chunk().landmarkDim(), hidden));
  }

  private Biases<V> biases(String prefix) {
    int queries = shape.heads().queryWidth();
    int keys = shape.heads().keyValueWidth();
    return new Biases<>(
        source.vector(prefix + "q_proj.bias", queries),
        source.vector(prefix + "k_proj.bias", keys),
        source.vector(prefix + "v_proj.bias", keys));
  }

  private HeadNorms<V> headNorms(String prefix) {
    return new HeadNorms<>(
        source.vector(prefix + "q_norm.weight", shape.heads().headDim()),
        source.vector(prefix + "k_norm.weight", shape.heads().headDim()));
  }
}
