package dev.cairn.page;

import java.util.Arrays;
import org.jsoup.nodes.Element;

/**
 * Lays the cells of a table into its columns (HTML Standard, section 4.9.12): a row has one tab
 * between any two of them, and where a cell of this row or of one above spans more, empty cells.
 */
final class TableGrid {

  private static final int MOST_COLUMNS_SPANNED = 1000;

  /** So many empty cells a page gets at most, so that a small one cannot become a huge text. */
  static final class Padding {

    private int left = 1_000_000;

    private boolean isLeft() {
      return left > 0;
    }
  }

  private final Padding padding;
  private final StringBuilder row = new StringBuilder();
  private int column;
  private boolean filled;

  /** By column: how many more rows a cell above reaches down. */
  private int[] spanned = new int[16];

  TableGrid(Padding padding) {
    this.padding = padding;
  }

  void add(Element cell, String text) {
    padSpanned();
    int rows = rows(cell);
    place(text, rows);
    for (int i = columns(cell); i > 1 && padding.isLeft(); i--) {
      padding.left--;
      place("", rows);
    }
    filled |= !text.isEmpty();
  }

  private void place(String text, int rows) {
    if (column >= spanned.length) {
      spanned = Arrays.copyOf(spanned, 2 * spanned.length);
    }
    spanned[column] = rows;
    row.append(column == 0 ? "" : "\t").append(text);
    column++;
  }

  private void padSpanned() {
    while (column < spanned.length && spanned[column] > 0 && padding.isLeft()) {
      padding.left--;
      place("", spanned[column]);
    }
  }

  /** The row's line; empty when none of its cells holds anything. */
  String endRow() {
    padSpanned();
    String line = filled ? row.toString() : "";
    for (int i = 0; i < spanned.length; i++) {
      spanned[i] = Math.max(0, spanned[i] - 1);
    }
    row.setLength(0);
    column = 0;
    filled = false;
    return line;
  }

  /** No cell reaches down further than its group of rows. */
  void endGroup() {
    Arrays.fill(spanned, 0);
  }

  private static int columns(Element cell) {
    return Math.clamp(PageNames.number(cell, "colspan", 1), 1, MOST_COLUMNS_SPANNED);
  }

  private static int rows(Element cell) {
    int rows = PageNames.number(cell, "rowspan", 1);
    return rows == 0 ? Integer.MAX_VALUE : Math.max(1, rows);
  }
}
