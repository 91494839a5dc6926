package dev.cairn.cli;

import java.io.PrintWriter;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** An answer of the server, as far as a person reads it. */
record Answer(
    String text, boolean answered, List<Citation> citations, List<LeftOut> leftOut, Report report) {

  /** A quoted passage: code points {@code start} to {@code end} of the document. */
  record Citation(String title, long start, long end, String quote, double weight, boolean weak) {}

  record LeftOut(String title, String reason, int percent) {}

  record Report(int chunksVisible, int distinctChunksRead, long bytesRead, long totalMillis) {}

  static Answer of(JsonNode json) {
    return Server.JSON.treeToValue(json, Answer.class);
  }

  void print(PrintWriter out) {
    out.println(text);
    citations.forEach(citation -> print(citation, out));
    leftOut.forEach(
        left ->
            out.printf(
                "  not read: %s (%s, %d %%)%n", left.title(), left.reason(), left.percent()));
    out.printf(
        "  read %d of %,d chunks, %,d KB, in %.1f s%n",
        report.distinctChunksRead(),
        report.chunksVisible(),
        report.bytesRead() / 1024,
        report.totalMillis() / 1000.0);
  }

  private static void print(Citation citation, PrintWriter out) {
    out.printf("  \"%s\"%n", citation.quote().strip().replaceAll("\\s+", " "));
    out.printf(
        "    %s, characters %,d to %,d, weight %.2f%s%n",
        citation.title(),
        citation.start(),
        citation.end(),
        citation.weight(),
        citation.weak() ? ", weak" : "");
  }
}
