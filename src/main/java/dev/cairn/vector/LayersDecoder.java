package dev.cairn.vector;

import static java.util.Objects.requireNonNull;

import dev.cairn.checkpoint.DecoderWeights.Layer;
import dev.cairn.kernel.Products;
import dev.cairn.model.AnswerDecoder;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.DecodedSequence;
import dev.cairn.model.LaidOutChunks;
import dev.cairn.model.Layers;
import dev.cairn.model.ReadMeter;
import dev.cairn.model.ScheduledSequence;
import dev.cairn.model.Selection;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A pretrained decoder on the processor's vectors, for a few tokens of many sequences at a time.
 * What a row becomes is the same to the last bit whatever stands beside it.
 *
 * <p>Axes: T rows, d hidden_size, V vocab_size, m memory_start.
 */
final class LayersDecoder implements AnswerDecoder {

  /** So many take about a tenth of a second, which is how long another sequence waits. */
  private static final int ROWS = 64;

  private final LayersNetwork network;
  private final Layers form;
  private final Products products;
  private final Activations rows;
  private final DecoderLayer layers;
  private final ChunkChooser chooser;
  private final LayOutChunks layOut;
  private float[] logits = {}; // (predicting sequences, V)
  private long memoryNanos;

  /** Network and products belong to the caller. */
  LayersDecoder(LayersNetwork network, Products products) {
    this.network = network;
    this.form = network.form();
    this.products = products;
    rows = new Activations(form.decoder(), ROWS);
    layers = new DecoderLayer(form.decoder(), products, form.positions());
    chooser = new ChunkChooser(network, products, ROWS);
    layOut = new LayOutChunks(network, products);
  }

  @Override
  public int rows() {
    return ROWS;
  }

  @Override
  public LayersSequence open(int[] prompt, int mostTokens, ChunkMemory memory) {
    return new LayersSequence(network, prompt, mostTokens, memory);
  }

  private static LayersSequence sequence(ScheduledSequence scheduled) {
    return (LayersSequence) scheduled.sequence();
  }

  @Override
  public long step(List<ScheduledSequence> batch) {
    long start = System.nanoTime() - memoryNanos;
    List<ScheduledSequence> reading = batch.stream().filter(this::hasMemory).toList();
    placeLower(reading);
    for (int layer = 0; layer < form.memoryStart(); layer++) {
      layers.apply(rows, network.layers().get(layer), layer);
    }
    placeUpper(reading);
    for (int layer = form.memoryStart(); layer < form.layers(); layer++) {
      Layer<Projection, float[]> weights = network.reading().get(layer);
      layers.apply(rows, weights, layer);
    }
    reading.forEach(LayersDecoder::advance);
    predict(reading.stream().filter(ScheduledSequence::predicts).toList());
    return System.nanoTime() - memoryNanos - start;
  }

  /** A memory that cannot be read fails its own sequence; the others of the batch go on. */
  private boolean hasMemory(ScheduledSequence scheduled) {
    try {
      if (!sequence(scheduled).hasChosen()) {
        choose(sequence(scheduled));
      }
      return true;
    } catch (RuntimeException e) {
      scheduled.failed(e);
      return false;
    }
  }

  private void choose(LayersSequence sequence) {
    ReadMeter memory = sequence.memory();
    long before = memory.nanos();
    try {
      Selection chosen = chooser.choose(memory, sequence.prompt(), sequence.limit());
      int[] valid =
          memory.reading(chosen.chunks(), chunks -> layOut.layOut(sequence.upper(), chunks));
      sequence.chose(new LaidOutChunks(chosen, valid));
    } finally {
      memoryNanos += memory.nanos() - before;
    }
  }

  private void placeLower(List<ScheduledSequence> batch) {
    rows.clear();
    for (ScheduledSequence scheduled : batch) {
      scheduled.startAt(rows.count());
      CausalText text = sequence(scheduled).lower();
      text.reserve(scheduled.rows());
      for (int id : scheduled.read()) {
        network.place(id, rows, text, text.filled() + rows.count() - scheduled.firstRow());
      }
    }
  }

  /** The same rows, behind what their sequences read. */
  private void placeUpper(List<ScheduledSequence> batch) {
    rows.clear();
    for (ScheduledSequence scheduled : batch) {
      CausalText text = sequence(scheduled).upper();
      text.reserve(scheduled.rows());
      for (int i = 0; i < scheduled.rows(); i++) {
        rows.add(text, text.filled() + i, text.filled() + i);
      }
      if (scheduled.predicts()) {
        rows.weigh(scheduled.lastRow(), sequence(scheduled).newMass());
      }
    }
  }

  private static void advance(ScheduledSequence scheduled) {
    sequence(scheduled).lower().advance(scheduled.ids().length);
    sequence(scheduled).upper().advance(scheduled.ids().length);
  }

  private void predict(List<ScheduledSequence> predicting) {
    int count = 0;
    for (ScheduledSequence scheduled : predicting) {
      int width = form.decoder().hiddenSize();
      int predicted = 1 + scheduled.probe().length;
      int at = scheduled.lastRow() * width;
      System.arraycopy(rows.hidden, at, rows.added, count * width, predicted * width);
      count += predicted;
    }
    if (count > 0) {
      computeLogits(count);
      tell(predicting);
    }
  }

  private void computeLogits(int count) {
    layers.norm(rows.added, network.norm(), rows.normed, count);
    int numbers = count * form.decoder().vocabSize();
    if (logits.length < numbers) {
      logits = new float[numbers];
    }
    products.multiply(rows.normed, count, network.output(), logits);
  }

  private void tell(List<ScheduledSequence> predicting) {
    int at = 0;
    for (ScheduledSequence scheduled : predicting) {
      MemoryMass mass = requireNonNull(rows.mass(scheduled.lastRow()));
      scheduled.predicted(
          new ScheduledSequence.Prediction(logits, at, sequence(scheduled).reading(mass)));
      at += (1 + scheduled.probe().length) * form.decoder().vocabSize();
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

  /** What it holds goes with it. */
  @Override
  public void close(DecodedSequence sequence) {}

  @Override
  public void close() {}
}
