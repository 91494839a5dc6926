package dev.cairn.tensor;

import static java.util.Objects.requireNonNull;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.cairn.model.AnswerDecoder;
import dev.cairn.model.ChooseChunks;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.DecodedSequence;
import dev.cairn.model.LaidOutChunks;
import dev.cairn.model.Layers;
import dev.cairn.model.ReadMeter;
import dev.cairn.model.Reading;
import dev.cairn.model.ScheduledSequence;
import dev.cairn.model.Selection;
import dev.cairn.tensor.CausalLayer.KeptRows;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A pretrained decoder in tensors of a device, for the rows of many sequences at a time: one
 * product of each matrix for all of them, one attention for all that go on by a single row.
 *
 * <p>Axes: A rows of a step, d hidden_size, V vocab_size, m memory_start, P tokens of the prefix, n
 * places that are seen.
 */
final class LayersDecoder implements AnswerDecoder {

  /** So many fill a device; the attention of a long prompt stays small beside its products. */
  private static final int ROWS = 512;

  /** Of chunks that stay on the device. */
  private static final long CHUNK_BYTES = 1L << 30;

  private final LayersNetwork network;
  private final Layers form;
  private final TextSlots prompts; // read for their landmarks, in the layers before R
  private final TextSlots lower; // of open sequences, in the layers below m
  private final TextSlots upper; // the same from m on
  private final BitSet taken = new BitSet(); // texts of both
  private final ResidentChunks chunks;
  private long memoryNanos;

  /** The network belongs to its manager. */
  LayersDecoder(LayersNetwork network) {
    this.network = network;
    this.form = network.form();
    prompts = network.prefix().behind(0, form.retrievalLayers());
    lower = network.prefix().behind(0, form.memoryStart());
    upper = network.prefix().behind(form.memoryStart(), form.layers());
    chunks = new ResidentChunks(network, CHUNK_BYTES);
  }

  /** A prompt and its answer. They stand in the text of this number, lower and upper. */
  private static final class Sequence implements DecodedSequence {

    private final int text;
    private final int[] prompt;
    private final int mostTokens;
    private final ReadMeter memory;
    private @Nullable LaidOutChunks chunks;
    private int tokens; // that have passed

    Sequence(int text, int[] prompt, int mostTokens, ChunkMemory memory) {
      this.text = text;
      this.prompt = prompt;
      this.mostTokens = mostTokens;
      this.memory = new ReadMeter(memory);
    }

    /** Tokens that stand between the prefix and the prompt, from m on. */
    int laidOut() {
      return chunks == null ? 0 : chunks.tokens();
    }

    @Override
    public ReadMeter.Use use() {
      return memory.use();
    }
  }

  @Override
  public int rows() {
    return ROWS;
  }

  @Override
  public DecodedSequence open(int[] prompt, int mostTokens, ChunkMemory memory) {
    int text = taken.nextClearBit(0);
    taken.set(text);
    return new Sequence(text, prompt, mostTokens, memory);
  }

  private static Sequence sequence(ScheduledSequence scheduled) {
    return (Sequence) scheduled.sequence();
  }

  @Override
  public long step(List<ScheduledSequence> batch) {
    long start = System.nanoTime() - memoryNanos;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      List<ScheduledSequence> reading = batch.stream().filter(this::hasMemory).toList();
      if (!reading.isEmpty()) {
        read(reading);
      }
      return System.nanoTime() - memoryNanos - start;
    }
  }

  /** A memory that cannot be read fails its own sequence; the others of the batch go on. */
  private boolean hasMemory(ScheduledSequence scheduled) {
    try {
      Sequence sequence = sequence(scheduled);
      if (sequence.chunks == null) {
        sequence.chunks = choose(sequence);
      }
      return true;
    } catch (RuntimeException e) {
      scheduled.failed(e);
      return false;
    }
  }

  private LaidOutChunks choose(Sequence sequence) {
    ReadMeter memory = sequence.memory;
    long before = memory.nanos();
    try {
      int limit = form.chunksBeside(network.prefixTokens() + sequence.mostTokens);
      Selection chosen =
          new ChooseChunks(form)
              .choose(memory, limit, () -> network.landmark(sequence.prompt, prompts));
      int place = network.prefixTokens();
      int[] valid =
          memory.reading(chosen.chunks(), held -> chunks.layOut(upper, sequence.text, place, held));
      return new LaidOutChunks(chosen, valid);
    } finally {
      memoryNanos += memory.nanos() - before;
    }
  }

  private void read(List<ScheduledSequence> reading) {
    List<List<ScheduledSequence>> parts = parts(reading);
    NDArray embedded = network.embed(place(parts)); // (A, d)
    NDArray rows = embedded;
    if (form.memoryStart() > 0) {
      CausalLayer.Step step = network.step(groups(parts, lower), KeptRows.NONE);
      rows = LayersNetwork.pass(network.layers(), embedded, 0, form.memoryStart(), step);
    }
    List<TextGroup> groups = groups(parts, upper);
    weigh(parts, groups);
    CausalLayer.Step step = network.step(groups, KeptRows.NONE);
    int first = form.memoryStart();
    tell(parts, groups, LayersNetwork.pass(network.reading(), rows, first, form.layers(), step));
    reading.forEach(each -> sequence(each).tokens += each.ids().length);
  }

  /** Those of one row together, each of the others alone. */
  private static List<List<ScheduledSequence>> parts(List<ScheduledSequence> reading) {
    Map<Boolean, List<ScheduledSequence>> single =
        reading.stream().collect(Collectors.partitioningBy(each -> each.rows() == 1));
    List<List<ScheduledSequence>> parts = new ArrayList<>();
    List<ScheduledSequence> together = single.getOrDefault(true, List.of());
    if (!together.isEmpty()) {
      Comparator<ScheduledSequence> byText = Comparator.comparing(each -> sequence(each).text);
      parts.add(together.stream().sorted(byText).toList());
    }
    single.getOrDefault(false, List.of()).forEach(each -> parts.add(List.of(each)));
    return parts;
  }

  /** Returns the ids of all rows, (A). */
  private static int[] place(List<List<ScheduledSequence>> parts) {
    int row = 0;
    IntStream.Builder ids = IntStream.builder();
    for (ScheduledSequence each : parts.stream().flatMap(List::stream).toList()) {
      each.startAt(row);
      row += each.rows();
      IntStream.of(each.read()).forEach(ids);
    }
    return ids.build().toArray();
  }

  /** One of each part. */
  private List<TextGroup> groups(List<List<ScheduledSequence>> parts, TextSlots slots) {
    for (ScheduledSequence each : parts.stream().flatMap(List::stream).toList()) {
      slots.reserve(sequence(each).text + 1, place(each, slots) + each.rows());
    }
    return parts.stream().map(part -> group(part, slots)).toList();
  }

  private TextGroup group(List<ScheduledSequence> part, TextSlots slots) {
    int[] texts = part.stream().mapToInt(each -> sequence(each).text).toArray();
    int[] places = part.stream().mapToInt(each -> place(each, slots)).toArray();
    return new TextGroup(slots, texts, places, part.getFirst().rows());
  }

  /** Of the first of its rows. */
  private int place(ScheduledSequence scheduled, TextSlots slots) {
    Sequence sequence = sequence(scheduled);
    return network.prefixTokens() + sequence.tokens + (slots == upper ? sequence.laidOut() : 0);
  }

  private static void weigh(List<List<ScheduledSequence>> parts, List<TextGroup> groups) {
    for (int i = 0; i < parts.size(); i++) {
      List<ScheduledSequence> part = parts.get(i);
      if (part.stream().anyMatch(each -> each.predicts() && sequence(each).laidOut() > 0)) {
        groups.get(i).weigh(part.getFirst().ids().length - 1);
      }
    }
  }

  /**
   * @param states (A, d), behind the last layer
   */
  private void tell(List<List<ScheduledSequence>> parts, List<TextGroup> groups, NDArray states) {
    long[] rows = predicting(parts);
    if (rows.length == 0) {
      return;
    }
    float[] logits = network.logits(Rows.take(states, rows)).toFloatArray();
    int at = 0;
    for (int i = 0; i < parts.size(); i++) {
      float[][] masses = groups.get(i).mass(); // (B, n)
      for (int j = 0; j < parts.get(i).size(); j++) {
        ScheduledSequence each = parts.get(i).get(j);
        if (each.predicts()) {
          each.predicted(
              new ScheduledSequence.Prediction(logits, at, reading(sequence(each), masses[j])));
          at += (1 + each.probe().length) * form.decoder().vocabSize();
        }
      }
    }
  }

  private static long[] predicting(List<List<ScheduledSequence>> parts) {
    return parts.stream()
        .flatMap(List::stream)
        .filter(ScheduledSequence::predicts)
        .flatMapToLong(
            each -> LongStream.rangeClosed(each.lastRow(), each.lastRow() + each.probe().length))
        .toArray();
  }

  /**
   * @param mass (n), summed over the layers
   */
  private Reading reading(Sequence sequence, float[] mass) {
    float[] mean = new float[sequence.laidOut()];
    for (int token = 0; token < mean.length; token++) {
      mean[token] = mass[network.prefixTokens() + token] / form.chunk().layers();
    }
    return requireNonNull(sequence.chunks).reading(mean, form.chunk().size());
  }

  /** Its text is free for another; the last one frees the tables. */
  @Override
  public void close(DecodedSequence sequence) {
    taken.clear(((Sequence) sequence).text);
    if (taken.isEmpty()) {
      List.of(prompts, lower, upper).forEach(TextSlots::clear);
    }
  }

  @Override
  public void close() {
    chunks.close();
    List.of(prompts, lower, upper).forEach(TextSlots::close);
  }
}
