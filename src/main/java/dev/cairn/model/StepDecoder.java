package dev.cairn.model;

import dev.cairn.kernel.Kernel;
import dev.cairn.kernel.Panels;
import dev.cairn.kernel.Products;
import dev.cairn.model.StepNetwork.FeedForward;
import dev.cairn.model.StepNetwork.Layer;
import dev.cairn.model.StepNetwork.Retrieval;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.stream.Stream;

/**
 * The decoder on the processor's vector registers, for a few tokens of many sequences at a time.
 * Weights stay the numbers that the checkpoint stores, activations are FP32, and what a row becomes
 * is the same to the last bit whatever stands beside it. ({@link TensorDecoder} is the same in
 * tensors.)
 *
 * <p>Axes: T rows, d hidden_size, V vocab_size, r retrieval_dim.
 */
final class StepDecoder implements AnswerDecoder {

  /** So many take about a tenth of a second, which is how long another sequence waits. */
  private static final int ROWS = 64;

  private final Arena arena = Arena.ofShared();
  private final StepNetwork network;
  private final ModelConfig config;
  private final Products products;
  private final StepRows rows;
  private final StepAttention attention;
  private final StepRetrieval retrieval;
  private float[] logits = {}; // (predicting turns, V)

  /**
   * @param threads that share a step, at least 1
   */
  StepDecoder(Checkpoint checkpoint, Kernel kernel, int threads) {
    network = StepWeights.read(checkpoint, arena);
    config = network.config();
    products = new Products(kernel, threads);
    rows = new StepRows(config, ROWS);
    attention = new StepAttention(config, products);
    retrieval = new StepRetrieval(config, products, ROWS);
  }

  @Override
  public int rows() {
    return ROWS;
  }

  @Override
  public StepSequence open(ChunkMemory memory) {
    return new StepSequence(config, memory);
  }

  @Override
  public StepTime step(List<Turn> turns) {
    long start = System.nanoTime();
    embed(turns);
    layers(turns, 0, config.lowerLayers(), new ReadingSum[0]);
    long middle = System.nanoTime();
    long memoryNanos = memoryNanos(turns);
    ReadingSum[] readings =
        Stream.generate(() -> new ReadingSum(config.chunkSize()))
            .limit(turns.size())
            .toArray(ReadingSum[]::new);
    layers(turns, config.lowerLayers(), network.stages().size(), readings);
    turns.forEach(turn -> sequence(turn).advance(turn.ids().length));
    predict(turns, readings);
    long upper = System.nanoTime() - middle - (memoryNanos(turns) - memoryNanos);
    return new StepTime(middle - start, upper);
  }

  private static StepSequence sequence(Turn turn) {
    return (StepSequence) turn.sequence();
  }

  private static long memoryNanos(List<Turn> turns) {
    return turns.stream().mapToLong(turn -> sequence(turn).memory().nanos()).sum();
  }

  private void embed(List<Turn> turns) {
    rows.place(turns);
    int row = 0;
    for (Turn turn : turns) {
      for (int id : turn.ids()) {
        network.embedding().copyRow(id, rows.hidden, row++ * config.hiddenSize());
      }
    }
  }

  private void layers(List<Turn> turns, int from, int to, ReadingSum[] readings) {
    for (int number = from; number < to; number++) {
      StepNetwork.Stage stage = network.stages().get(number);
      if (stage.retrieval() != null) {
        retrieve(turns, stage.retrieval(), readings);
      }
      Layer layer = stage.layer();
      norm(rows.hidden, layer.norm(), rows.normed, rows.count());
      attention.apply(rows, layer, number);
      add(rows.added, rows.hidden);
      feedForward(rows.hidden, layer.feedForward());
      add(rows.added, rows.hidden);
    }
  }

  private void retrieve(List<Turn> turns, Retrieval block, ReadingSum[] readings) {
    norm(rows.hidden, block.retrievalNorm(), rows.normed, rows.count());
    products.multiply(rows.normed, rows.count(), block.retrieval(), rows.retrieval);
    norm(rows.retrieval, block.queryNorm(), rows.retrieval, rows.count());
    norm(rows.hidden, block.norm(), rows.normed, rows.count());
    retrieval.apply(rows, turns, block, readings);
    if (config.residual() == ModelConfig.Residual.STANDARD) {
      add(rows.added, rows.hidden);
      feedForward(rows.hidden, block.feedForward());
    } else {
      add(rows.hidden, rows.added);
      feedForward(rows.added, block.feedForward());
    }
    add(rows.added, rows.hidden);
  }

  /** Writes down(silu(gate(x)) * up(x)) of the normed source to {@code rows.added}. */
  private void feedForward(float[] source, FeedForward weights) {
    norm(source, weights.norm(), rows.normed, rows.count());
    products.multiply(
        rows.normed,
        rows.count(),
        new Panels[] {weights.gate(), weights.up()},
        new float[][] {rows.gate, rows.up});
    int width = config.intermediateSize();
    products
        .team()
        .run(
            rows.count(),
            (row, member) -> products.kernel().swiGlu(rows.gate, rows.up, row * width, width));
    products.multiply(rows.gate, rows.count(), weights.down(), rows.added);
  }

  /** x * rsqrt(mean(x^2) + epsilon) * weight; source and target may be the same. */
  private void norm(float[] source, float[] weight, float[] target, int count) {
    int width = weight.length;
    products
        .team()
        .run(
            count,
            (row, member) -> {
              int at = row * width;
              double square = products.kernel().dot(source, at, source, at, width);
              float inverse = (float) (1 / Math.sqrt(square / width + config.rmsNormEps()));
              for (int i = 0; i < width; i++) {
                target[at + i] = source[at + i] * inverse * weight[i];
              }
            });
  }

  private void add(float[] source, float[] target) {
    for (int i = 0; i < rows.count() * config.hiddenSize(); i++) {
      target[i] += source[i];
    }
  }

  private void predict(List<Turn> turns, ReadingSum[] readings) {
    List<Turn> predicting = turns.stream().filter(Turn::predicts).toList();
    if (predicting.isEmpty()) {
      return;
    }
    int width = config.hiddenSize();
    for (int i = 0; i < predicting.size(); i++) {
      int at = predicting.get(i).lastRow() * width;
      System.arraycopy(rows.hidden, at, rows.added, i * width, width);
    }
    norm(rows.added, network.norm(), rows.normed, predicting.size());
    int vocabulary = config.vocabSize();
    if (logits.length < predicting.size() * vocabulary) {
      logits = new float[predicting.size() * vocabulary];
    }
    products.multiply(rows.normed, predicting.size(), network.embedding(), logits);
    int at = 0;
    for (int i = 0; i < turns.size(); i++) {
      if (turns.get(i).predicts()) {
        turns.get(i).predicted(new Turn.Prediction(logits, at, readings[i].reading()));
        at += vocabulary;
      }
    }
  }

  /** Its windows go with it. */
  @Override
  public void close(DecodedSequence sequence) {}

  @Override
  public void close() {
    products.close();
    arena.close();
  }
}
