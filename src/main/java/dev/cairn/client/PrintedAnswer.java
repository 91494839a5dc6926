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
 * @param evidence null where nothing says how sure it is
 * @param lookedAt where nothing is cited
 * @param report null when there is no text
 * @param failure null unless it failed
 */
public record PrintedAnswer(
    @Nullable String text,
    @Nullable Double evidence,
    List<Citation> citations,
    List<Citation> lookedAt,
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
      @Nullable Double evidence,
      @Nullable List<Citation> citations,
      @Nullable List<Citation> lookedAt,
      @Nullable List<LeftOut> leftOut,
      @Nullable Report report,
      @Nullable Failure failure) {
    this.text = text;
    this.evidence = evidence;
    this.citations = Objects.requireNonNullElse(citations, List.of());
    this.lookedAt = Objects.requireNonNullElse(lookedAt, List.of());
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
    print(out, passages());
  }

  private List<Citation> passages() {
    return citations.isEmpty() ? lookedAt : citations;
  }

  private void print(PrintWriter out, List<Citation> printed) {
    out.println(
        failure != null ? failure.detail() : text != null ? visible(text) : "No answer yet.");
    if (!lookedAt.isEmpty()) {
      out.printf("  %s looked at:%n", evidence == null ? "What was" : lackOf(evidence));
    }
    printed.forEach(citation -> citation.print(out));
    if (printed.size() < passages().size()) {
      out.printf("  %s: ask with --all-citations.%n", more(passages().size() - printed.size()));
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

  private static String lackOf(double evidence) {
    return "Too little speaks for another answer (evidence %.2f); what was".formatted(evidence);
  }

  private static String more(int count) {
    return count == 1 ? "1 more passage was read" : count + " more passages were read";
  }

  private List<Citation> few() {
    List<Citation> strong = citations.stream().filter(each -> !each.weak()).limit(FEW).toList();
    return strong.isEmpty() ? passages().stream().limit(1).toList() : strong;
  }
}
