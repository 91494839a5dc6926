package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.cairn.model.HeadLayout;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values of several texts on the device, one pair of tables for each layer, so that the
 * next tokens of many texts are computed together. All texts begin with the same prefix. What
 * stands at a place that no token has reached is of no meaning, but finite.
 *
 * <p>Axes: B texts, N places of each, n places that are seen, P tokens of the prefix, R rows, Hk
 * key-value heads, e head_dim.
 */
final class TextSlots implements AutoCloseable {

  private final NDManager manager;
  private final Scripts scripts;
  private final HeadLayout layout;
  private final @Nullable TextSlots prefix;
  private final int firstLayer;
  private final @Nullable Table[] tables; // of each layer
  private int texts; // B
  private int places; // N

  /** What the engine does with tables. */
  private record Scripts(TorchScript put, TorchScript take) {}

  /**
   * Of one layer.
   *
   * @param keys (B, Hk, N, e), rotated
   * @param values (B, Hk, N, e)
   */
  record Table(NDArray keys, NDArray values) {}

  /**
   * Where tokens stand.
   *
   * @param texts (R), of each
   * @param places (R), in its text
   */
  record Where(NDArray texts, NDArray places) {

    static Where of(NDManager manager, int[] texts, int[] places) {
      return new Where(indexes(manager, texts), indexes(manager, places));
    }

    private static NDArray indexes(NDManager manager, int[] numbers) {
      return manager.create(Arrays.stream(numbers).asLongStream().toArray());
    }
  }

  private TextSlots(TextSlots prefix, int from, int to) {
    this.manager = prefix.manager.newSubManager();
    this.scripts = prefix.scripts;
    this.layout = prefix.layout;
    this.prefix = prefix;
    this.firstLayer = from;
    this.tables = new Table[to - from];
  }

  /** Texts that begin with nothing, in the first layers. */
  TextSlots(NDManager parent, HeadLayout layout, int layers) {
    this.manager = parent.newSubManager();
    this.scripts =
        new Scripts(
            TorchScript.load(parent, "put-places.pt"), TorchScript.load(parent, "take-texts.pt"));
    this.layout = layout;
    this.prefix = null;
    this.firstLayer = 0;
    this.tables = new Table[layers];
  }

  /**
   * Texts that all begin with the one text that these are.
   *
   * @param from the first layer
   * @param to behind the last layer
   */
  TextSlots behind(int from, int to) {
    return new TextSlots(this, from, to);
  }

  NDManager manager() {
    return manager;
  }

  /** Makes room for texts and for places of each; used inside of a scope. */
  void reserve(int wantedTexts, int wantedPlaces) {
    if (wantedTexts > texts || wantedPlaces > places) {
      boolean longer = wantedPlaces > places;
      grow(
          Math.max(texts, wantedTexts),
          longer ? Math.max(wantedPlaces, places + places / 4) : places);
    }
  }

  private void grow(int newTexts, int newPlaces) {
    Shape shape = new Shape(newTexts, layout.keyValueHeads(), newPlaces, layout.headDim());
    for (int layer = 0; layer < tables.length; layer++) {
      Table old = tables[layer];
      Table grown = new Table(manager.zeros(shape), manager.zeros(shape)); // (B, Hk, N, e)
      if (old != null) {
        put(old, grown, 0, texts);
        free(old);
      }
      if (prefix != null && prefix.places > 0 && newTexts > texts) {
        put(prefix.table(firstLayer + layer), grown, texts, newTexts);
      }
      NDScope.unregister(grown.keys, grown.values);
      tables[layer] = grown;
    }
    texts = newTexts;
    places = newPlaces;
  }

  /** Writes the beginnings of texts where zeros stand. */
  private static void put(Table beginnings, Table target, int from, int to) {
    long end = beginnings.keys.getShape().get(2);
    NDIndex part = new NDIndex().addSliceDim(from, to).addAllDim().addSliceDim(0, end);
    target.keys.get(part).addi(beginnings.keys);
    target.values.get(part).addi(beginnings.values);
  }

  private static void free(Table table) {
    table.keys.close();
    table.values.close();
  }

  /**
   * Writes tokens of a layer.
   *
   * @param keys (R, Hk, e), rotated
   * @param values (R, Hk, e)
   */
  void put(int layer, Where where, NDArray keys, NDArray values) {
    Table table = table(layer);
    scripts.put.apply(table.keys, where.texts, where.places, keys);
    scripts.put.apply(table.values, where.texts, where.places, values);
  }

  /**
   * The beginnings of some texts in a layer, (b, Hk, n, e): without a copy where they lie side by
   * side.
   *
   * @param numbers of the b texts, ascending
   * @param end n
   */
  Table see(int layer, int[] numbers, int end) {
    Table table = table(layer);
    return new Table(see(table.keys, numbers, end), see(table.values, numbers, end));
  }

  private NDArray see(NDArray table, int[] numbers, int end) {
    int first = numbers[0];
    int last = numbers[numbers.length - 1];
    NDIndex part = new NDIndex().addSliceDim(first, last + 1).addAllDim().addSliceDim(0, end);
    NDArray between = table.get(part); // (last + 1 - first, Hk, n, e)
    if (last + 1 - first == numbers.length) {
      return between;
    }
    long[] offsets = Arrays.stream(numbers).mapToLong(number -> number - first).toArray();
    return scripts.take.apply(between, manager.create(offsets)); // (b, Hk, n, e)
  }

  private Table table(int layer) {
    return Objects.requireNonNull(tables[layer - firstLayer]);
  }

  /** Forgets all texts. */
  void clear() {
    for (Table table : tables) {
      if (table != null) {
        free(table);
      }
    }
    Arrays.fill(tables, null);
    texts = 0;
    places = 0;
  }

  @Override
  public void close() {
    manager.close();
  }
}
