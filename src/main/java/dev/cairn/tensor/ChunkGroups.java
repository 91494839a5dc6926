package dev.cairn.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The pairs of token and chosen chunk, put in the order of the chunks, so that all tokens that read
 * a chunk attend to it in one product.
 *
 * <p>Axes: T tokens, n chosen chunks of each, P = T * n pairs.
 *
 * @param order (P): the pair that stands at each place of the new order
 * @param groups runs of pairs of the same chunk, ascending
 */
record ChunkGroups(int[] order, List<Group> groups) {

  /** The places from (inclusive) to (exclusive) of one chunk. */
  record Group(int chunk, int from, int to) {}

  /**
   * @param chunks (P), token by token
   */
  static ChunkGroups of(int[] chunks) {
    int[] order =
        IntStream.range(0, chunks.length)
            .mapToLong(pair -> (long) chunks[pair] << Integer.SIZE | pair)
            .sorted()
            .mapToInt(packed -> (int) packed)
            .toArray();
    List<Group> groups = new ArrayList<>();
    for (int from = 0, to = 0; from < order.length; from = to) {
      int chunk = chunks[order[from]];
      while (to < order.length && chunks[order[to]] == chunk) {
        to++;
      }
      groups.add(new Group(chunk, from, to));
    }
    return new ChunkGroups(order, groups);
  }

  /**
   * The token of each place.
   *
   * @param choices n
   */
  long[] tokens(int choices) {
    return IntStream.of(order).mapToLong(pair -> pair / choices).toArray();
  }

  /** The place of each pair. */
  long[] places() {
    long[] places = new long[order.length];
    for (int place = 0; place < order.length; place++) {
      places[order[place]] = place;
    }
    return places;
  }
}
