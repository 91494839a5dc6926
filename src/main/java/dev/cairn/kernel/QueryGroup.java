package dev.cairn.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Queries in {@linkplain EightBits eight bits} that are multiplied with landmarks at once.
 *
 * <p>Axes: n one or {@link ScanKernel#GROUP}, d numbers of a query.
 *
 * @param first number of the first query among all of them
 * @param numbers (d, n), whole; zeros where there is no query
 * @param scales of the queries, n at most
 */
public record QueryGroup(int first, float[] numbers, float[] scales) {

  /** As few groups as possible. */
  public static List<QueryGroup> of(float[][] queries) {
    List<QueryGroup> groups = new ArrayList<>();
    for (int first = 0; first < queries.length; first += ScanKernel.GROUP) {
      int end = Math.min(queries.length, first + ScanKernel.GROUP);
      groups.add(of(first, Arrays.copyOfRange(queries, first, end)));
    }
    return groups;
  }

  private static QueryGroup of(int first, float[][] queries) {
    QueryGroup group =
        new QueryGroup(
            first, new float[queries[0].length * width(queries.length)], new float[queries.length]);
    for (int i = 0; i < queries.length; i++) {
      group.put(i, queries[i]);
    }
    return group;
  }

  private void put(int place, float[] query) {
    scales[place] = EightBits.scale(query);
    for (int i = 0; i < query.length; i++) {
      numbers[i * width() + place] = EightBits.number(query[i], scales[place]);
    }
  }

  /** n. */
  public int width() {
    return width(scales.length);
  }

  private static int width(int queries) {
    return queries == 1 ? 1 : ScanKernel.GROUP;
  }
}
