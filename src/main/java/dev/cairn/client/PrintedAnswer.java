package dev.cairn.client;

import dev.cairn.corpus.LeftOut;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** An answer of the server, as far as a person reads it. */
public record PrintedAnswer(
    String text, List<Citation> citations, List<LeftOut> leftOut, Report report) {

  /** A quoted passage: code points {@code start} to {@code end} of the document. */
  public record Citation(
      String title, long start, long end, String quote, double weight, boolean weak) {

    void print(PrintWriter out) {
      out.printf("  \"%s\"%n", quote.strip().replaceAll("\\s+", " "));
      out.printf(
          "    %s, characters %,d to %,d, weight %.2f%s%n",
          title, start, end, weight, weak ? ", weak" : "");
    }
  }

  /** An amount by where it lay. */
  public record ByTier(long disk) {}

  /** What the answer took. */
  public record Report(
      long chunksVisible,
      int distinctChunksRead,
      ByTier bytesRead,
      long tokensNotReencoded,
      Map<String, Double> stageMillis) {

    void print(PrintWriter out) {
      out.printf(
          "  Read %,d of %,d chunks (%,d KB from disk) in %.1f s; %,d tokens were not encoded"
              + " again.%n",
          distinctChunksRead,
          chunksVisible,
          bytesRead.disk() / 1024,
          stageMillis.values().stream().mapToDouble(Double::doubleValue).sum() / 1000,
          tokensNotReencoded);
    }
  }

  public static PrintedAnswer of(JsonNode json) {
    return Server.JSON.treeToValue(json, PrintedAnswer.class);
  }

  public void print(PrintWriter out) {
    out.println(text);
    citations.forEach(citation -> citation.print(out));
    leftOut.forEach(
        left ->
            out.printf(
                "  Not read: %s (%s, %d %%)%n", left.title(), left.reason(), left.percent()));
    report.print(out);
  }
}
