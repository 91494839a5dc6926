package dev.cairn.cli;

import dev.cairn.bench.Report;
import dev.cairn.bench.Row;
import dev.cairn.bench.Spread;
import java.io.PrintWriter;

/** What was measured, as lines for a person: the median, and the lowest to the highest. */
final class BenchTable {

  private BenchTable() {}

  static void print(Report report, PrintWriter out) {
    out.println(report.machine());
    out.println(report.setting());
    report.rows().forEach(row -> out.println(line(row)));
  }

  private static String line(Row row) {
    String line = "%-58s %s %s".formatted(row.what(), spread(row.value()), row.unit());
    return row.ratio() == null
        ? line
        : "%s = %s x %s".formatted(line, spread(row.ratio()), row.ratioOf());
  }

  private static String spread(Spread spread) {
    String median = number(spread.median());
    return spread.low() == spread.high()
        ? median
        : "%s (%s to %s)".formatted(median, number(spread.low()), number(spread.high()));
  }

  /** Three digits, or all that stand before the point. */
  private static String number(double value) {
    double size = Math.abs(value);
    return (size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f")
        .formatted(value);
  }
}
