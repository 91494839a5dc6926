package dev.cairn.model;

import java.util.Arrays;
import java.util.List;

/**
 * The rows of one step, those of a sequence side by side, and all that is computed of them. Made
 * once and used again, so that a step allocates little.
 *
 * <p>Axes: T rows, d hidden_size, H query heads, Hk key-value heads, e head_dim, f
 * intermediate_size, r retrieval_dim.
 */
final class StepRows {

  final float[] hidden; // (T, d)
  final float[] normed; // (T, d)
  final float[] added; // (T, d)
  final float[] queries; // (T, H * e)
  final float[] keys; // (T, Hk * e)
  final float[] values; // (T, Hk * e)
  final float[] mixed; // (T, H * e)
  final float[] gate; // (T, f)
  final float[] up; // (T, f)
  final float[] retrieval; // (T, r)
  final StepRotation[] rotations; // (T)

  private final Turn[] turns; // (T), of each row
  private final int[] slots; // (T)
  private int count;

  StepRows(ModelConfig config, int most) {
    int heads = config.attentionHeads() * config.headDim();
    int keyValueHeads = config.keyValueHeads() * config.headDim();
    hidden = new float[most * config.hiddenSize()];
    normed = new float[hidden.length];
    added = new float[hidden.length];
    queries = new float[most * heads];
    keys = new float[most * keyValueHeads];
    values = new float[keys.length];
    mixed = new float[queries.length];
    gate = new float[most * config.intermediateSize()];
    up = new float[gate.length];
    retrieval = new float[most * config.retrievalDim()];
    rotations = new StepRotation[most];
    Arrays.setAll(rotations, row -> new StepRotation(config));
    turns = new Turn[most];
    slots = new int[most];
  }

  /** Places the tokens of the turns. */
  void place(List<Turn> all) {
    count = 0;
    for (Turn turn : all) {
      StepSequence sequence = (StepSequence) turn.sequence();
      sequence.reserve(turn.ids().length);
      turn.startAt(count);
      for (int i = 0; i < turn.ids().length; i++) {
        rotations[count].stand(sequence.position() + i);
        slots[count] = sequence.slot() + i;
        turns[count++] = turn;
      }
    }
  }

  int count() {
    return count;
  }

  Turn turn(int row) {
    return turns[row];
  }

  StepSequence sequence(int row) {
    return (StepSequence) turns[row].sequence();
  }

  int slot(int row) {
    return slots[row];
  }
}
