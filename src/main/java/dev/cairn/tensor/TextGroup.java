package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.cairn.model.HeadLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a step that attend together: the next T of each of B texts. A row sees its text up to
 * itself: the prefix, what was laid out, and the tokens before it.
 *
 * <p>Axes: B texts, T rows of each, R = B * T rows of the group, A rows of the step, n places that
 * are seen, H query heads, Hk key-value heads, g = H / Hk, e head_dim.
 */
final class TextGroup {

  /** More rows of one text are taken in tiles: those before them need not see what is behind. */
  private static final int MOST_ROWS = 512;

  private static final int[] HEADS = {1};

  private final TextSlots slots;
  private final int[] texts; // (B)
  private final int[] places; // (R), of each row
  private final int rows; // T
  private final int end; // n
  private final TextSlots.Where where; // (R)
  private final NDArray unseen; // (B, 1, 1, T, n), added to scores
  private int weighed = -1; // of the T rows
  private @Nullable NDArray mass; // (B, n)

  /**
   * @param texts ascending
   * @param firstPlaces where the first row of each text stands
   * @param rows T
   */
  TextGroup(TextSlots slots, int[] texts, int[] firstPlaces, int rows) {
    this.slots = slots;
    this.texts = texts;
    this.rows = rows;
    this.places =
        IntStream.range(0, texts.length * rows)
            .map(row -> firstPlaces[row / rows] + row % rows)
            .toArray();
    this.end = IntStream.of(places).max().orElseThrow() + 1;
    NDManager manager = slots.manager();
    this.where = TextSlots.Where.of(manager, textOfEachRow(), places);
    this.unseen =
        manager
            .arange(0, end, 1, DataType.INT64) // (n)
            .gt(where.places().reshape(texts.length, 1, 1, rows, 1)) // (B, 1, 1, T, n)
            .toType(DataType.FLOAT32, false)
            .mul(VisibleTokens.UNSEEN);
  }

  private int[] textOfEachRow() {
    return IntStream.range(0, places.length).map(row -> texts[row / rows]).toArray();
  }

  /** The next rows of one text, in groups one behind the other. */
  static List<TextGroup> ofText(TextSlots slots, int text, int firstPlace, int count) {
    List<TextGroup> groups = new ArrayList<>();
    for (int from = 0; from < count; from += MOST_ROWS) {
      int[] first = {firstPlace + from};
      groups.add(new TextGroup(slots, new int[] {text}, first, Math.min(MOST_ROWS, count - from)));
    }
    return groups;
  }

  /** Where each of the R rows stands. */
  int[] places() {
    return places;
  }

  /** Has the attention of one of its T rows added up. */
  void weigh(int row) {
    weighed = row;
  }

  /**
   * Writes the rows to their texts in a layer, and attends.
   *
   * @param queries (R, H, e), rotated and scaled
   * @param keys (R, Hk, e), rotated
   * @param values (R, Hk, e)
   * @return (R, H * e)
   */
  NDArray attend(HeadLayout layout, int layer, NDArray queries, NDArray keys, NDArray values) {
    slots.put(layer, where, keys, values);
    TextSlots.Table seen = slots.see(layer, texts, end); // (B, Hk, n, e)
    NDArray folded = fold(layout, queries); // (B, Hk, g * T, e)
    NDArray scores = folded.matMul(seen.keys().transpose(0, 1, 3, 2)); // (B, Hk, g * T, n)
    Shape unfolded = new Shape(texts.length, layout.keyValueHeads(), layout.group(), rows, end);
    NDArray weights = scores.reshape(unfolded).addi(unseen).softmax(-1); // (B, Hk, g, T, n)
    if (weighed >= 0) {
      add(weights);
    }
    NDArray mixed = weights.reshape(scores.getShape()).matMul(seen.values()); // (B, Hk, g * T, e)
    return unfold(layout, mixed);
  }

  /** (R, H, e) to (B, Hk, g * T, e). */
  private NDArray fold(HeadLayout layout, NDArray queries) {
    return queries
        .reshape(texts.length, rows, layout.keyValueHeads(), layout.group(), layout.headDim())
        .transpose(0, 2, 3, 1, 4) // (B, Hk, g, T, e)
        .reshape(texts.length, layout.keyValueHeads(), -1, layout.headDim());
  }

  /** (B, Hk, g * T, e) to (R, H * e). */
  private NDArray unfold(HeadLayout layout, NDArray mixed) {
    return mixed
        .reshape(texts.length, layout.keyValueHeads(), layout.group(), rows, layout.headDim())
        .transpose(0, 3, 1, 2, 4) // (B, T, Hk, g, e)
        .reshape(places.length, layout.queryWidth());
  }

  private void add(NDArray weights) {
    NDArray ofRow = weights.get(new NDIndex().addAllDim(3).addIndices(weighed)); // (B, Hk, g, n)
    NDArray mean = ofRow.reshape(texts.length, -1, end).mean(HEADS); // (B, n)
    mass = mass == null ? mean : mass.addi(mean);
  }

  /**
   * What the weighed row of each text attended to: the mean over the heads, summed over the layers.
   *
   * @return (B, n); none when no row was weighed
   */
  float[][] mass() {
    if (mass == null) {
      return new float[texts.length][0];
    }
    float[] all = mass.toFloatArray();
    return IntStream.range(0, texts.length)
        .mapToObj(text -> Arrays.copyOfRange(all, text * end, (text + 1) * end))
        .toArray(float[][]::new);
  }
}
