package dev.cairn.bench;

import java.util.List;

/**
 * What was measured.
 *
 * @param machine processor and how many of its cores
 * @param setting what was measured with which sizes
 */
public record Report(String machine, String setting, List<Row> rows) {

  static Report of(String setting, List<Row> rows) {
    return new Report(Machine.describe(), setting, List.copyOf(rows));
  }
}
