package dev.cairn.checkpoint;

import dev.cairn.checkpoint.DecoderWeights.Attention;
import dev.cairn.checkpoint.DecoderWeights.Biases;
import dev.cairn.checkpoint.DecoderWeights.FeedForward;
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
  private final int hidden;

  public LayersWeights(Layers form, WeightSource<M, V> source) {
    this.form = form;
    this.shape = form.decoder();
    this.source = source;
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
    return matrix("model.embed_tokens", shape.vocabSize(), hidden);
  }

  /** Of number 0 to L - 1. */
  public Layer<M, V> layer(int number) {
    String prefix = "model.layers." + number + ".";
    return new Layer<>(
        norm(prefix + "input_layernorm"), attention(prefix + "self_attn."), feedForward(prefix));
  }

  public List<Layer<M, V>> layers() {
    return IntStream.range(0, form.layers()).mapToObj(this::layer).toList();
  }

  /** (d), before the output. */
  public V norm() {
    return norm("model.norm");
  }

  /** (V, d); null when the embedding is the output as well. */
  public @Nullable M output() {
    return form.features().tiedOutput() ? null : matrix("lm_head", shape.vocabSize(), hidden);
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
        norm(prefix + "norm"),
        matrix(prefix + "proj", form.chunk().landmarkDim(), hidden));
  }

  private Attention<M, V> attention(String prefix) {
    int queries = shape.heads().queryWidth();
    int keys = shape.heads().keyValueWidth();
    return new Attention<>(
        matrix(prefix + "q_proj", queries, hidden),
        matrix(prefix + "k_proj", keys, hidden),
        matrix(prefix + "v_proj", keys, hidden),
        matrix(prefix + "o_proj", hidden, queries),
        form.features().attentionBias() ? biases(prefix, queries, keys) : null,
        form.features().headNorms() ? headNorms(prefix) : null,
        null);
  }

  private Biases<V> biases(String prefix, int queries, int keys) {
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

  private FeedForward<M, V> feedForward(String prefix) {
    int width = shape.intermediateSize();
    return new FeedForward<>(
        norm(prefix + "post_attention_layernorm"),
        matrix(prefix + "mlp.gate_proj", width, hidden),
        matrix(prefix + "mlp.up_proj", width, hidden),
        matrix(prefix + "mlp.down_proj", hidden, width));
  }

  private M matrix(String name, int outputs, int inputs) {
    return source.matrix(name + ".weight", outputs, inputs);
  }

  private V norm(String name) {
    return source.vector(name + ".weight", hidden);
  }
}
