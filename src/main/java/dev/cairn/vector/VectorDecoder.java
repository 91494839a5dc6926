package dev.cairn.vector;

import dev.cairn.kernel.Products;
import dev.cairn.model.AnswerDecoder;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.DecodedSequence;
import dev.cairn.model.ModelConfig;
import dev.cairn.model.ReadingBuilder;
import dev.cairn.model.SequenceStep;
import dev.cairn.vector.Network.Retrieval;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * The decoder on the processor's vector registers, for a few tokens of many sequences at a time.
 * Weights stay the numbers that the checkpoint stores, activations are FP32, and what a row becomes
 * is the same to the last bit whatever stands beside it. ({@code tensor.TensorDecoder} is the same
 * in tensors.)
 *
 * <p>Axes: T rows, d hidden_size, V vocab_size, r retrieval_dim.
 */
public final class VectorDecoder implements AnswerDecoder {

  /** So many take about a tenth of a second, which is how long another sequence waits. */
  private static final int ROWS = 64;

  private final Network network;
  private final ModelConfig config;
  private final Products products;
  private final Activations rows;
  private final DecoderLayer layers;
  private final MemoryAttention retrieval;
  private float[] logits = {}; // (predicting turns, V)

  /** Network and products belong to the caller. */
  VectorDecoder(Network network, Products products) {
    this.network = network;
    this.config = network.config();
    this.products = products;
    rows = new Activations(config, ROWS);
    layers = new DecoderLayer(config, products, config.slidingWindow());
    retrieval = new MemoryAttention(config, products, ROWS);
  }

  @Override
  public int rows() {
    return ROWS;
  }

  @Override
  public VectorSequence open(ChunkMemory memory) {
    return new VectorSequence(config, memory);
  }

  @Override
  public StepTime step(List<SequenceStep> turns) {
    long start = System.nanoTime();
    place(turns);
    pass(turns, 0, config.lowerLayers(), new ReadingBuilder[0]);
    long middle = System.nanoTime();
    long memoryNanos = retrieval.memoryNanos();
    ReadingBuilder[] readings =
        Stream.generate(() -> new ReadingBuilder(config.chunkSize()))
            .limit(turns.size())
            .toArray(ReadingBuilder[]::new);
    pass(turns, config.lowerLayers(), network.stages().size(), readings);
    turns.forEach(turn -> sequence(turn).advance(turn.ids().length));
    predict(turns, readings);
    long upper = System.nanoTime() - middle - (retrieval.memoryNanos() - memoryNanos);
    return new StepTime(middle - start, upper);
  }

  private static VectorSequence sequence(SequenceStep turn) {
    return (VectorSequence) turn.sequence();
  }

  private void place(List<SequenceStep> turns) {
    rows.clear();
    for (SequenceStep turn : turns) {
      VectorSequence sequence = sequence(turn);
      sequence.reserve(turn.ids().length);
      turn.startAt(rows.count());
      for (int i = 0; i < turn.ids().length; i++) {
        int at = rows.count() * config.hiddenSize();
        network.embedding().copyRow(turn.ids()[i], rows.hidden, at);
        rows.add(sequence, sequence.slot() + i, sequence.position() + i);
      }
    }
  }

  private void pass(List<SequenceStep> turns, int from, int to, ReadingBuilder[] readings) {
    for (int number = from; number < to; number++) {
      Network.Stage stage = network.stages().get(number);
      if (stage.retrieval() != null) {
        retrieve(turns, stage.retrieval(), readings);
      }
      layers.apply(rows, stage.layer(), number);
    }
  }

  private void retrieve(List<SequenceStep> turns, Retrieval block, ReadingBuilder[] readings) {
    layers.norm(rows.hidden, block.retrievalNorm(), rows.normed, rows.count());
    products.multiply(rows.normed, rows.count(), block.retrieval(), rows.retrieval);
    layers.norm(rows.retrieval, block.queryNorm(), rows.retrieval, rows.count());
    layers.norm(rows.hidden, block.norm(), rows.normed, rows.count());
    retrieval.apply(rows, turns, block, readings);
    if (config.residual() == ModelConfig.Residual.STANDARD) {
      layers.add(rows, rows.added, rows.hidden);
      layers.feedForward(rows, rows.hidden, block.feedForward());
    } else {
      layers.add(rows, rows.hidden, rows.added);
      layers.feedForward(rows, rows.added, block.feedForward());
    }
    layers.add(rows, rows.added, rows.hidden);
  }

  private void predict(List<SequenceStep> turns, ReadingBuilder[] readings) {
    List<SequenceStep> predicting = turns.stream().filter(SequenceStep::predicts).toList();
    if (predicting.isEmpty()) {
      return;
    }
    int width = config.hiddenSize();
    for (int i = 0; i < predicting.size(); i++) {
      int at = predicting.get(i).lastRow() * width;
      System.arraycopy(rows.hidden, at, rows.added, i * width, width);
    }
    layers.norm(rows.added, network.norm(), rows.normed, predicting.size());
    int vocabulary = config.vocabSize();
    if (logits.length < predicting.size() * vocabulary) {
      logits = new float[predicting.size() * vocabulary];
    }
    products.multiply(rows.normed, predicting.size(), network.embedding(), logits);
    int at = 0;
    for (int i = 0; i < turns.size(); i++) {
      if (turns.get(i).predicts()) {
        turns.get(i).predicted(new SequenceStep.Prediction(logits, at, readings[i].reading()));
        at += vocabulary;
      }
    }
  }

  @Override
  public void share(int parts, IntConsumer part) {
    products.team().run(parts, (number, member) -> part.accept(number));
  }

  @Override
  public boolean warmsUp() {
    return true;
  }

  /** Its windows go with it. */
  @Override
  public void close(DecodedSequence sequence) {}

  @Override
  public void close() {}
}
