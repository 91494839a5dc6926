package dev.cairn.vector;

import dev.cairn.checkpoint.HsaWeights.Block;
import dev.cairn.checkpoint.HsaWeights.ReadingLayer;
import dev.cairn.kernel.Products;
import dev.cairn.model.AnswerDecoder;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.DecodedSequence;
import dev.cairn.model.Hsa;
import dev.cairn.model.ReadingBuilder;
import dev.cairn.model.ScheduledSequence;
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
final class VectorDecoder implements AnswerDecoder {

  /** So many take about a tenth of a second, which is how long another sequence waits. */
  private static final int ROWS = 64;

  private final Network network;
  private final Hsa form;
  private final Products products;
  private final Activations rows;
  private final DecoderLayer layers;
  private final MemoryAttention attention;
  private final float[] retrieval; // (T, r)
  private float[] logits = {}; // (predicting sequences, V)

  /** Network and products belong to the caller. */
  VectorDecoder(Network network, Products products) {
    this.network = network;
    this.form = network.form();
    this.products = products;
    rows = new Activations(form.decoder(), ROWS);
    layers = new DecoderLayer(form.decoder(), products, form.slidingWindow());
    attention = new MemoryAttention(form, products, ROWS);
    retrieval = new float[ROWS * form.chunk().landmarkDim()];
  }

  @Override
  public int rows() {
    return ROWS;
  }

  @Override
  public VectorSequence open(int[] prompt, int mostTokens, ChunkMemory memory) {
    return new VectorSequence(form, memory);
  }

  @Override
  public long step(List<ScheduledSequence> batch) {
    long start = nanosOutsideMemory();
    place(batch);
    lower();
    ReadingBuilder[] readings =
        Stream.generate(() -> new ReadingBuilder(form.chunk().size()))
            .limit(batch.size())
            .toArray(ReadingBuilder[]::new);
    upper(batch, readings);
    batch.forEach(scheduled -> sequence(scheduled).advance(scheduled.ids().length));
    predict(batch, readings);
    return nanosOutsideMemory() - start;
  }

  private long nanosOutsideMemory() {
    return System.nanoTime() - attention.memoryNanos();
  }

  private static VectorSequence sequence(ScheduledSequence scheduled) {
    return (VectorSequence) scheduled.sequence();
  }

  private void place(List<ScheduledSequence> batch) {
    rows.clear();
    for (ScheduledSequence scheduled : batch) {
      VectorSequence sequence = sequence(scheduled);
      sequence.reserve(scheduled.ids().length);
      scheduled.startAt(rows.count());
      for (int i = 0; i < scheduled.ids().length; i++) {
        int at = rows.count() * form.decoder().hiddenSize();
        network.embedding().weight().copyRow(scheduled.ids()[i], rows.hidden, at);
        rows.add(sequence, sequence.slot() + i, sequence.position() + i);
      }
    }
  }

  private void lower() {
    for (int number = 0; number < form.lowerLayers(); number++) {
      layers.apply(rows, network.lower().get(number), number);
    }
  }

  private void upper(List<ScheduledSequence> batch, ReadingBuilder[] readings) {
    for (int number = 0; number < form.upperLayers(); number++) {
      ReadingLayer<Projection, float[]> each = network.upper().get(number);
      if (each.block() != null) {
        retrieve(batch, each.block(), readings);
      }
      layers.apply(rows, each.layer(), form.lowerLayers() + number);
    }
  }

  private void retrieve(
      List<ScheduledSequence> batch, Block<Projection, float[]> block, ReadingBuilder[] readings) {
    layers.norm(rows.hidden, block.retrievalNorm(), rows.normed, rows.count());
    products.multiply(rows.normed, rows.count(), block.retrieval().weight(), retrieval);
    layers.norm(retrieval, block.queryNorm(), retrieval, rows.count());
    layers.norm(rows.hidden, block.norm(), rows.normed, rows.count());
    attention.apply(rows, retrieval, batch, block, readings);
    if (form.blocks().residual() == Hsa.Residual.STANDARD) {
      layers.add(rows, rows.added, rows.hidden);
      layers.feedForward(rows, rows.hidden, block.feedForward());
    } else {
      layers.add(rows, rows.hidden, rows.added);
      layers.feedForward(rows, rows.added, block.feedForward());
    }
    layers.add(rows, rows.added, rows.hidden);
  }

  private void predict(List<ScheduledSequence> batch, ReadingBuilder[] readings) {
    List<ScheduledSequence> predicting =
        batch.stream().filter(ScheduledSequence::predicts).toList();
    if (predicting.isEmpty()) {
      return;
    }
    int width = form.decoder().hiddenSize();
    for (int i = 0; i < predicting.size(); i++) {
      int at = predicting.get(i).lastRow() * width;
      System.arraycopy(rows.hidden, at, rows.added, i * width, width);
    }
    layers.norm(rows.added, network.norm(), rows.normed, predicting.size());
    int vocabulary = form.decoder().vocabSize();
    if (logits.length < predicting.size() * vocabulary) {
      logits = new float[predicting.size() * vocabulary];
    }
    products.multiply(rows.normed, predicting.size(), network.embedding().weight(), logits);
    int at = 0;
    for (int i = 0; i < batch.size(); i++) {
      if (batch.get(i).predicts()) {
        batch.get(i).predicted(new ScheduledSequence.Prediction(logits, at, readings[i].reading()));
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
