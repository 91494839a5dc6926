package dev.cairn.evaluate;

import java.util.List;
import java.util.Objects;

/**
 * What answers would be if those with less evidence were abstentions.
 *
 * @param evidence the least that an answer needs
 * @param answered of all questions: an answer is given (coverage)
 * @param right of the answers that are given: exactly right (precision)
 * @param keptRight of the right answers: still given
 * @param abstainedRightly of the abstentions: the documents do not say, or the answer was wrong
 * @param abstainedWithout of the questions without an answer: no answer is given
 */
public record Threshold(
    double evidence,
    Share answered,
    Share right,
    Share keptRight,
    Share abstainedRightly,
    Share abstainedWithout) {

  static Threshold at(double evidence, List<Outcome> outcomes) {
    List<Outcome> given = outcomes.stream().filter(each -> gives(each, evidence)).toList();
    List<Outcome> abstentions = outcomes.stream().filter(each -> !gives(each, evidence)).toList();
    List<Outcome> right = outcomes.stream().filter(Outcome::right).toList();
    List<Outcome> without = outcomes.stream().filter(each -> !each.question().hasAnswer()).toList();
    return new Threshold(
        evidence,
        new Share(given.size(), outcomes.size()),
        Share.of(given, Outcome::right),
        Share.of(right, each -> gives(each, evidence)),
        Share.of(abstentions, each -> !each.right()),
        Share.of(without, each -> !gives(each, evidence)));
  }

  private static boolean gives(Outcome outcome, double least) {
    return outcome.answered() && (outcome.evidence() == null || outcome.evidence() >= least);
  }

  /** At every second hundredth between the lowest and the highest evidence; empty without any. */
  public static List<Threshold> sweep(List<Outcome> outcomes) {
    return outcomes.stream()
        .map(Outcome::evidence)
        .filter(Objects::nonNull)
        .map(evidence -> Math.floor(evidence * 20) / 20)
        .distinct()
        .sorted()
        .map(evidence -> at(evidence, outcomes))
        .toList();
  }
}
