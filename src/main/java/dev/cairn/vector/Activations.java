package dev.cairn.vector;

import dev.cairn.kernel.Kernel;
import dev.cairn.model.DecoderShape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one step, those of a text side by side, and all that is computed of them. Made once
 * and used again, so that a step allocates little.
 *
 * <p>Axes: T rows, d hidden_size, H query heads, Hk key-value heads, e head_dim, f
 * intermediate_size.
 */
final class Activations {

  final float[] hidden; // (T, d)
  final float[] normed; // (T, d)
  final float[] added; // (T, d)
  final float[] queries; // (T, H * e)
  final float[] keys; // (T, Hk * e)
  final float[] values; // (T, Hk * e)
  final float[] mixed; // (T, H * e)
  final float[] gate; // (T, f)
  final float[] up; // (T, f)
  final RotaryEmbedding[] rotations; // (T)

  private final TextCache[] texts; // (T), of each row
  private final @Nullable MemoryMass[] masses; // (T)
  private final int[] slots; // (T)
  private final int[] tiles; // where each tile begins, and the end of the last
  private int count;
  private int tileCount;

  Activations(DecoderShape shape, int most) {
    int heads = shape.heads().queryWidth();
    int keyValueHeads = shape.heads().keyValueWidth();
    hidden = new float[most * shape.hiddenSize()];
    normed = new float[hidden.length];
    added = new float[hidden.length];
    queries = new float[most * heads];
    keys = new float[most * keyValueHeads];
    values = new float[keys.length];
    mixed = new float[queries.length];
    gate = new float[most * shape.intermediateSize()];
    up = new float[gate.length];
    rotations = new RotaryEmbedding[most];
    Arrays.setAll(rotations, row -> new RotaryEmbedding(shape));
    texts = new TextCache[most];
    masses = new MemoryMass[most];
    slots = new int[most];
    tiles = new int[most + 1];
  }

  void clear() {
    count = 0;
    tileCount = 0;
  }

  /**
   * Places the next row.
   *
   * @param position that keys and queries are rotated to
   */
  void add(TextCache text, int slot, int position) {
    boolean continues =
        count > 0
            && texts[count - 1] == text
            && slots[count - 1] == slot - 1
            && count - tiles[tileCount - 1] < Kernel.ROWS;
    if (!continues) {
      tiles[tileCount++] = count;
    }
    rotations[count].stand(position);
    masses[count] = null;
    texts[count] = text;
    slots[count++] = slot;
    tiles[tileCount] = count;
  }

  int count() {
    return count;
  }

  /** Leaves rows out from a number on. */
  void cut(int rows) {
    count = rows;
    while (tileCount > 0 && tiles[tileCount - 1] >= rows) {
      tileCount--;
    }
    tiles[tileCount] = rows;
  }

  /** Has what a row attends to in its memory added up. */
  void weigh(int row, MemoryMass mass) {
    masses[row] = mass;
  }

  @Nullable MemoryMass mass(int row) {
    return masses[row];
  }

  TextCache text(int row) {
    return texts[row];
  }

  int slot(int row) {
    return slots[row];
  }

  /** Runs of neighbouring rows of one text, which are computed together. */
  int tileCount() {
    return tileCount;
  }

  /** The first row of a tile; that of the next one ends it. */
  int tile(int number) {
    return tiles[number];
  }
}
