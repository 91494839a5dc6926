package dev.cairn.cli;

import dev.cairn.evaluate.Scores;
import dev.cairn.evaluate.Threshold;
import java.io.PrintWriter;

/** Scores as lines for a person: counts, and intervals of 95 %. */
final class EvaluationTable {

  private EvaluationTable() {}

  static void print(EvaluateCommand.Result result, PrintWriter out) {
    out.printf("%n%s%n", result.retrieval());
    print(result.scores(), out);
    result.kinds().forEach((kind, scores) -> printKind(kind, scores, out));
    result.thresholds().forEach(each -> print(each, out));
  }

  private static void print(Scores scores, PrintWriter out) {
    out.printf("  gold passage first in every block   %s%n", scores.goldFirst());
    out.printf("  gold passage chosen in every block  %s%n", scores.goldChosen());
    out.printf("  right                               %s%n", scores.right());
    out.printf("  holds a right answer                %s%n", scores.holdsRight());
    out.printf("  mean F1                             %.3f%n", scores.f1());
    out.printf("  right, first citation holds it      %s%n", scores.cited());
    out.printf("  right, first citation weak          %s%n", scores.weak());
    out.printf("  wrong, first citation weak or none  %s%n", scores.weakWhenWrong());
    out.printf("  abstained where nothing is said     %s%n", scores.abstainedWithout());
    out.printf("  abstained where something is said   %s%n", scores.abstainedWith());
    out.printf("  median time                         %.0f ms%n", scores.medianMillis());
  }

  private static void printKind(String kind, Scores scores, PrintWriter out) {
    if (scores.right().of() > 0) {
      out.printf(
          "  %-18s first %s, chosen %s, right %s%n",
          kind, scores.goldFirst(), scores.goldChosen(), scores.right());
    } else {
      out.printf("  %-18s abstained %s%n", kind, scores.abstainedWithout());
    }
  }

  private static void print(Threshold at, PrintWriter out) {
    out.printf(
        "  evidence %5.2f: answered %d of %d, right %d, right ones kept %d of %d, abstained where"
            + " nothing is said %d of %d%n",
        at.evidence(),
        at.answered().count(),
        at.answered().of(),
        at.right().count(),
        at.keptRight().count(),
        at.keptRight().of(),
        at.abstainedWithout().count(),
        at.abstainedWithout().of());
  }
}
