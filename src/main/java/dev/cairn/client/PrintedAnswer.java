package dev.cairn.client;

import dev.cairn.corpus.LeftOut;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An answer of the server, as far as a person reads it.
 *
 * @param text null while it is being written, and when that failed
 * @param report null when there is no text
 * @param failure null unless it failed
 */
public record PrintedAnswer(
    @Nullable String text,
    List<Citation> citations,
    List<LeftOut> leftOut,
    @Nullable Report report,
    @Nullable Failure failure) {

  private static final int FEW = 3;

  /** Why there is no answer. */
  public record Failure(String code, String detail) {}

  /** A quoted passage: code points {@code start} to {@code end} of the document. */
  public record Citation(
      String title, long start, long end, String quote, double weight, boolean weak) {

    void print(PrintWriter out) {
      out.printf("  \"%s\"%n", visible(quote).strip().replaceAll("\\s+", " "));
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

  public PrintedAnswer(
      @Nullable String text,
      @Nullable List<Citation> citations,
      @Nullable List<LeftOut> leftOut,
      @Nullable Report report,
      @Nullable Failure failure) {
    this.text = text;
    this.citations = Objects.requireNonNullElse(citations, List.of());
    this.leftOut = Objects.requireNonNullElse(leftOut, List.of());
    this.report = report;
    this.failure = failure;
  }

  public static PrintedAnswer of(JsonNode json) {
    return Server.JSON.treeToValue(json, PrintedAnswer.class);
  }

  /** With the weightiest three passages that are not weak; the first when all are. */
  public void print(PrintWriter out) {
    print(out, few());
  }

  public void printWithAllPassages(PrintWriter out) {
    print(out, citations);
  }

  private void print(PrintWriter out, List<Citation> printed) {
    out.println(
        failure != null ? failure.detail() : text != null ? visible(text) : "No answer yet.");
    printed.forEach(citation -> citation.print(out));
    if (printed.size() < citations.size()) {
      out.printf("  %s: ask with --all-citations.%n", more(citations.size() - printed.size()));
    }
    leftOut.forEach(
        left ->
            out.printf(
                "  Not read: %s (%s, %d %%)%n", left.title(), left.reason(), left.percent()));
    if (report != null) {
      report.print(out);
    }
  }

  /** Without what would move the cursor of a terminal, change its colours or ring it. */
  private static String visible(String text) {
    return text.replaceAll("[\\p{Cc}&&[^\\s]]", "");
  }

  private static String more(int count) {
    return count == 1 ? "1 more passage was read" : count + " more passages were read";
  }

  private List<Citation> few() {
    List<Citation> strong = citations.stream().filter(each -> !each.weak()).limit(FEW).toList();
    return strong.isEmpty() ? citations.stream().limit(1).toList() : strong;
  }
}
