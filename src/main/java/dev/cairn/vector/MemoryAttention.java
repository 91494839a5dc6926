package dev.cairn.vector;

import dev.cairn.checkpoint.HsaWeights.Block;
import dev.cairn.kernel.Kernel;
import dev.cairn.kernel.Products;
import dev.cairn.model.ChunkChoice;
import dev.cairn.model.ChunkForm;
import dev.cairn.model.HeadLayout;
import dev.cairn.model.Hsa;
import dev.cairn.model.ReadMeter;
import dev.cairn.model.ReadingBuilder;
import dev.cairn.model.ScheduledSequence;
import dev.cairn.model.StoredChunk;
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

  private final Hsa.Blocks blocks;
  private final ChunkForm chunks;
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

  MemoryAttention(Hsa form, Products products, int rows) {
    this.blocks = form.blocks();
    this.chunks = form.chunk();
    this.products = products;
    this.kernel = products.kernel();
    this.layout = form.memoryHeads();
    this.heads = layout.queryWidth();
    this.scale = (float) layout.scale();
    int pairs = Math.multiplyExact(rows, blocks.topK());
    weights = new float[pairs];
    outputs = new float[Math.multiplyExact(pairs, heads)];
    focuses = new float[Math.multiplyExact(pairs, chunks.size())];
    int members = products.team().members();
    keysValues = new float[members][chunks.numbers()];
    scores = new float[members][chunks.size()];
  }

  /**
   * Writes what the rows read to {@code rows.added}.
   *
   * @param retrieval (T, r): what is compared with landmarks
   * @param readings of each sequence; added to for the last token
   */
  void apply(
      Activations rows,
      float[] retrieval,
      List<ScheduledSequence> batch,
      Block<Projection, float[]> block,
      ReadingBuilder[] readings) {
    ChosenChunks[] chosen = new ChosenChunks[batch.size()];
    Arrays.fill(chosen, ChosenChunks.NONE);
    try {
      choose(retrieval, batch, chosen);
      products.multiply(rows.normed, rows.count(), block.query().weight(), rows.queries);
      read(rows, batch, chosen);
      for (int i = 0; i < chosen.length; i++) {
        tell(batch.get(i), chosen[i], readings[i]);
      }
    } finally {
      for (ChosenChunks each : chosen) {
        each.close();
      }
    }
    products.multiply(rows.mixed, rows.count(), block.output().weight(), rows.added);
  }

  /** Each sequence has a memory of its own, so they need not wait for one another. */
  private void choose(float[] retrieval, List<ScheduledSequence> batch, ChosenChunks[] chosen) {
    long start = System.nanoTime();
    products
        .team()
        .run(
            chosen.length,
            (scheduled, member) -> chosen[scheduled] = choose(retrieval, batch.get(scheduled)));
    memoryNanos += System.nanoTime() - start;
  }

  /** Wall time that choosing and loading took so far. */
  long memoryNanos() {
    return memoryNanos;
  }

  /** A memory that cannot be read fails its own sequence, which goes on as if it were empty. */
  private ChosenChunks choose(float[] retrieval, ScheduledSequence scheduled) {
    if (scheduled.failure() != null) {
      return ChosenChunks.NONE;
    }
    int r = chunks.landmarkDim();
    float[][] queries = new float[scheduled.ids().length][];
    for (int i = 0; i < queries.length; i++) {
      int at = (scheduled.firstRow() + i) * r;
      queries[i] = Arrays.copyOfRange(retrieval, at, at + r);
    }
    try {
      ReadMeter memory = ((VectorSequence) scheduled.sequence()).memory();
      return ChosenChunks.choose(memory, queries, blocks.topK());
    } catch (RuntimeException e) {
      scheduled.failed(e);
      return ChosenChunks.NONE;
    }
  }

  private void read(Activations rows, List<ScheduledSequence> batch, ChosenChunks[] chosen) {
    ChosenChunks[] ofRow = new ChosenChunks[rows.count()];
    int[] firstRows = new int[rows.count()];
    for (int i = 0; i < chosen.length; i++) {
      ScheduledSequence scheduled = batch.get(i);
      Arrays.fill(ofRow, scheduled.firstRow(), scheduled.lastRow() + 1, chosen[i]);
      Arrays.fill(firstRows, scheduled.firstRow(), scheduled.lastRow() + 1, scheduled.firstRow());
      for (int token = 0; token < scheduled.ids().length; token++) {
        weigh(chosen[i], token, (scheduled.firstRow() + token) * blocks.topK());
      }
    }
    int k = blocks.topK();
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
      switch (blocks.weights()) {
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
    chunk.widen(numbers, kernel);
    int focusAt = pair * chunks.size();
    Arrays.fill(focuses, focusAt, focusAt + chunks.size(), 0);
    int row = pair / blocks.topK();
    for (int head = 0; head < layout.heads(); head++) {
      int headAt = head * layout.headDim();
      float[] attention =
          attention(queries, row * heads + headAt, numbers, head, chunk.validTokens(), member);
      kernel.columns(
          numbers,
          place(chunks.heads() + head / layout.group(), 0),
          layout.headDim(),
          chunk.validTokens(),
          attention,
          0,
          outputs,
          pair * heads + headAt,
          layout.headDim());
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
      attention[token] = kernel.dot(queries, queryAt, numbers, keyAt, layout.headDim()) * scale;
    }
    softmax(attention, 0, validTokens);
    return attention;
  }

  /** Where a token's numbers of a memory head begin; those of the values follow the keys'. */
  private int place(int head, int token) {
    return (head * chunks.size() + token) * layout.headDim();
  }

  /** The sum over a row's chunks, from the most recent to the oldest. */
  private void mix(float[] mixed, int row, int choices) {
    Arrays.fill(mixed, row * heads, (row + 1) * heads, 0);
    for (int choice = 0; choice < choices; choice++) {
      int pair = row * blocks.topK() + choice;
      for (int i = 0; i < heads; i++) {
        mixed[row * heads + i] =
            Math.fma(outputs[pair * heads + i], weights[pair], mixed[row * heads + i]);
      }
    }
  }

  private void tell(ScheduledSequence scheduled, ChosenChunks chosen, ReadingBuilder reading) {
    if (!scheduled.predicts() || chosen.choices() == 0) {
      return;
    }
    int token = scheduled.ids().length - 1;
    int first = scheduled.lastRow() * blocks.topK();
    for (int choice = 0; choice < chosen.choices(); choice++) {
      float share = weights[first + choice] / blocks.beforeLayers().size();
      int focusAt = (first + choice) * chunks.size();
      reading.add(chosen.number(token, choice), focuses, focusAt, share);
    }
    float[] ofToken = Arrays.copyOfRange(weights, first, first + chosen.choices());
    reading.chose(new ChunkChoice(chosen.numbers(token), chosen.scores(token), ofToken));
  }
}
