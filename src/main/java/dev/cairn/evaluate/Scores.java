package dev.cairn.evaluate;

import java.util.List;
import java.util.function.Predicate;

/**
 * Scores of one set of answers.
 *
 * @param goldFirst of the questions with an answer: the passage that says it was the best chunk of
 *     every block
 * @param goldChosen it was among the chosen chunks of every block
 * @param right the answer is exactly right
 * @param holdsRight it holds a right answer (RULER's measure)
 * @param f1 mean overlap in words with the right answers, 0 to 1
 * @param cited of the right answers: the first citation holds the answer
 * @param weak of the right answers: the first citation is marked weak
 * @param weakWhenWrong of the wrong answers: the first citation is marked weak, or there is none
 * @param abstainedWithout of the questions without an answer: no answer was given
 * @param abstainedWith of the questions with an answer: no answer was given
 * @param medianMillis of an answer's time
 */
public record Scores(
    Share goldFirst,
    Share goldChosen,
    Share right,
    Share holdsRight,
    double f1,
    Share cited,
    Share weak,
    Share weakWhenWrong,
    Share abstainedWithout,
    Share abstainedWith,
    double medianMillis) {

  public static Scores of(List<Outcome> outcomes) {
    List<Outcome> with = those(outcomes, each -> each.question().hasAnswer());
    List<Outcome> without = those(outcomes, each -> !each.question().hasAnswer());
    List<Outcome> right = those(outcomes, Outcome::right);
    List<Outcome> wrong = those(outcomes, each -> each.answered() && !each.right());
    return new Scores(
        Share.of(with, Outcome::goldFirst),
        Share.of(with, Outcome::goldChosen),
        Share.of(with, Outcome::right),
        Share.of(with, each -> AnswerScore.holds(each.answer(), each.question().answers())),
        with.stream().mapToDouble(Scores::f1).average().orElse(0),
        Share.of(right, Outcome::citedAnswer),
        Share.of(right, Outcome::weak),
        Share.of(wrong, Outcome::weak),
        Share.of(without, each -> !each.answered()),
        Share.of(with, each -> !each.answered()),
        medianMillis(outcomes));
  }

  private static List<Outcome> those(List<Outcome> outcomes, Predicate<Outcome> wanted) {
    return outcomes.stream().filter(wanted).toList();
  }

  private static double f1(Outcome outcome) {
    return AnswerScore.f1(outcome.answer(), outcome.question().answers());
  }

  private static double medianMillis(List<Outcome> outcomes) {
    double[] sorted = outcomes.stream().mapToDouble(Outcome::millis).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }
}
