package dev.cairn.vector;

import dev.cairn.kernel.Kernel;
import dev.cairn.kernel.Products;
import dev.cairn.model.ChunkChoice;
import dev.cairn.model.HeadLayout;
import dev.cairn.model.ModelConfig;
import dev.cairn.model.ReadMeter;
import dev.cairn.model.ReadingBuilder;
import dev.cairn.model.SequenceStep;
import dev.cairn.model.StoredChunk;
import dev.cairn.vector.Network.Retrieval;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Hierarchical sparse attention of the rows to the chunks of their sequences ({@code
 * tensor.HsaBlock} and {@code tensor.MemoryAttention} are the same in tensors).
 *
 * <p>Axes: T rows, n chosen chunks of each, at most k, P = T * k pairs, d hidden_size, H query
 * heads, Hm memory_kv_heads, S chunk_size, e head_dim, r retrieval_dim.
 */
final class MemoryAttention {

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final ModelConfig config;
  private final Products products;
  private final Kernel kernel;
  private final HeadLayout layout;
  private final int heads; // H * e
  private final float scale;
  private final float[] weights; // (P)
  private final float[] outputs; // (P, H * e)
  private final float[] focuses; // (P, S)
  private final float[][] keysValues; // (members, 2 * Hm * S * e)
  private final float[][] scores; // (members, S)
  private long memoryNanos;

  MemoryAttention(ModelConfig config, Products products, int rows) {
    this.config = config;
    this.products = products;
    this.kernel = products.kernel();
    this.layout =
        new HeadLayout(config.attentionHeads(), config.memoryKeyValueHeads(), config.headDim());
    this.heads = config.attentionHeads() * config.headDim();
    this.scale = (float) layout.scale();
    int pairs = Math.multiplyExact(rows, config.topK());
    weights = new float[pairs];
    outputs = new float[Math.multiplyExact(pairs, heads)];
    focuses = new float[Math.multiplyExact(pairs, config.chunkSize())];
    int members = products.team().members();
    keysValues = new float[members][config.chunkBytes() / Short.BYTES];
    scores = new float[members][config.chunkSize()];
  }

  /**
   * Writes what the rows read to {@code rows.added}.
   *
   * @param readings of each turn; added to for the last token
   */
  void apply(
      Activations rows, List<SequenceStep> turns, Retrieval block, ReadingBuilder[] readings) {
    ChosenChunks[] chosen = new ChosenChunks[turns.size()];
    Arrays.fill(chosen, ChosenChunks.NONE);
    try {
      choose(rows, turns, chosen);
      products.multiply(rows.normed, rows.count(), block.query(), rows.queries);
      read(rows, turns, chosen);
      for (int i = 0; i < chosen.length; i++) {
        tell(turns.get(i), chosen[i], readings[i]);
      }
    } finally {
      for (ChosenChunks each : chosen) {
        each.close();
      }
    }
    products.multiply(rows.mixed, rows.count(), block.output(), rows.added);
  }

  /** Each turn has a memory of its own, so they need not wait for one another. */
  private void choose(Activations rows, List<SequenceStep> turns, ChosenChunks[] chosen) {
    long start = System.nanoTime();
    products
        .team()
        .run(chosen.length, (turn, member) -> chosen[turn] = choose(rows, turns.get(turn)));
    memoryNanos += System.nanoTime() - start;
  }

  /** Wall time that choosing and loading took so far. */
  long memoryNanos() {
    return memoryNanos;
  }

  /** A memory that cannot be read fails its own turn, which then goes on as if it were empty. */
  private ChosenChunks choose(Activations rows, SequenceStep turn) {
    if (turn.failure() != null) {
      return ChosenChunks.NONE;
    }
    int r = config.retrievalDim();
    float[][] queries = new float[turn.ids().length][];
    for (int i = 0; i < queries.length; i++) {
      int at = (turn.firstRow() + i) * r;
      queries[i] = Arrays.copyOfRange(rows.retrieval, at, at + r);
    }
    try {
      ReadMeter memory = ((VectorSequence) turn.sequence()).memory();
      return ChosenChunks.choose(memory, queries, config.topK());
    } catch (RuntimeException e) {
      turn.failed(e);
      return ChosenChunks.NONE;
    }
  }

  private void read(Activations rows, List<SequenceStep> turns, ChosenChunks[] chosen) {
    ChosenChunks[] ofRow = new ChosenChunks[rows.count()];
    int[] firstRows = new int[rows.count()];
    for (int i = 0; i < chosen.length; i++) {
      SequenceStep turn = turns.get(i);
      Arrays.fill(ofRow, turn.firstRow(), turn.lastRow() + 1, chosen[i]);
      Arrays.fill(firstRows, turn.firstRow(), turn.lastRow() + 1, turn.firstRow());
      for (int token = 0; token < turn.ids().length; token++) {
        weigh(chosen[i], token, (turn.firstRow() + token) * config.topK());
      }
    }
    int k = config.topK();
    products
        .team()
        .run(
            rows.count() * k,
            (pair, member) -> {
              if (pair % k < ofRow[pair / k].choices()) {
                int token = pair / k - firstRows[pair / k];
                attend(rows.queries, pair, ofRow[pair / k].chunk(token, pair % k), member);
              }
            });
    for (int row = 0; row < rows.count(); row++) {
      mix(rows.mixed, row, ofRow[row].choices());
    }
  }

  private void weigh(ChosenChunks chosen, int token, int at) {
    if (chosen.choices() > 0) {
      System.arraycopy(chosen.scores(token), 0, weights, at, chosen.choices());
      switch (config.chunkWeights()) {
        case SOFTMAX -> softmax(weights, at, chosen.choices());
        case STICK_BREAKING -> stickBreaking(at, chosen.choices());
      }
    }
  }

  private void softmax(float[] x, int at, int count) {
    kernel.exp(x, at, count, kernel.highest(x, at, count));
    double sum = 0;
    for (int i = at; i < at + count; i++) {
      sum += x[i];
    }
    for (int i = at; i < at + count; i++) {
      x[i] /= (float) sum;
    }
  }

  /** w_j = exp(s_j - sum over i <= j of softplus(s_i)): a recent chunk takes its share first. */
  private void stickBreaking(int at, int count) {
    double taken = 0;
    for (int i = at; i < at + count; i++) {
      taken += softplus(weights[i]);
      weights[i] = (float) Math.exp(weights[i] - taken);
    }
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** All heads of a row with one chunk. */
  private void attend(float[] queries, int pair, StoredChunk chunk, int member) {
    float[] numbers = keysValues[member];
    widen(chunk, numbers);
    int focusAt = pair * config.chunkSize();
    Arrays.fill(focuses, focusAt, focusAt + config.chunkSize(), 0);
    int row = pair / config.topK();
    for (int head = 0; head < layout.heads(); head++) {
      int headAt = head * config.headDim();
      float[] attention =
          attention(queries, row * heads + headAt, numbers, head, chunk.validTokens(), member);
      kernel.columns(
          numbers,
          place(config.memoryKeyValueHeads() + head / layout.group(), 0),
          config.headDim(),
          chunk.validTokens(),
          attention,
          0,
          outputs,
          pair * heads + headAt,
          config.headDim());
      for (int token = 0; token < chunk.validTokens(); token++) {
        focuses[focusAt + token] += attention[token] / layout.heads();
      }
    }
  }

  private float[] attention(
      float[] queries, int queryAt, float[] numbers, int head, int validTokens, int member) {
    float[] attention = scores[member];
    for (int token = 0; token < validTokens; token++) {
      int keyAt = place(head / layout.group(), token);
      attention[token] = kernel.dot(queries, queryAt, numbers, keyAt, config.headDim()) * scale;
    }
    softmax(attention, 0, validTokens);
    return attention;
  }

  /** Where a token's numbers of a memory head begin; those of the values follow the keys'. */
  private int place(int head, int token) {
    return (head * config.chunkSize() + token) * config.headDim();
  }

  private void widen(StoredChunk chunk, float[] numbers) {
    MemorySegment scales = chunk.scales();
    if (scales == null) {
      kernel.widenBfloat16(chunk.keysValues(), 0, numbers.length, numbers, 0);
      return;
    }
    kernel.widen(chunk.keysValues(), 0, numbers.length, numbers, 0);
    int ofHead = config.chunkSize() * config.headDim();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] *= scales.get(FLOAT, (long) (i / ofHead) * Float.BYTES);
    }
  }

  /** The sum over a row's chunks, from the most recent to the oldest. */
  private void mix(float[] mixed, int row, int choices) {
    Arrays.fill(mixed, row * heads, (row + 1) * heads, 0);
    for (int choice = 0; choice < choices; choice++) {
      int pair = row * config.topK() + choice;
      for (int i = 0; i < heads; i++) {
        mixed[row * heads + i] =
            Math.fma(outputs[pair * heads + i], weights[pair], mixed[row * heads + i]);
      }
    }
  }

  private void tell(SequenceStep turn, ChosenChunks chosen, ReadingBuilder reading) {
    if (!turn.predicts() || chosen.choices() == 0) {
      return;
    }
    int token = turn.ids().length - 1;
    int first = turn.lastRow() * config.topK();
    for (int choice = 0; choice < chosen.choices(); choice++) {
      float share = weights[first + choice] / config.hsaLayers().size();
      int focusAt = (first + choice) * config.chunkSize();
      reading.add(chosen.number(token, choice), focuses, focusAt, share);
    }
    float[] ofToken = Arrays.copyOfRange(weights, first, first + chosen.choices());
    reading.chose(new ChunkChoice(chosen.numbers(token), chosen.scores(token), ofToken));
  }
}
