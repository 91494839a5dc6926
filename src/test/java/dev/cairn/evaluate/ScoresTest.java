package dev.cairn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoresTest {

  @ParameterizedTest
  @CsvSource({
    "'The Granary.', granary, true",
    "'22  March 1890', '22 March, 1890', true",
    "'granary door', granary, false",
    "'', granary, false"
  })
  void anExactAnswerIsTheSameWithoutCasePunctuationAndArticles(
      String answer, String right, boolean exact) {
    assertThat(AnswerScore.exact(answer, List.of("another", right))).isEqualTo(exact);
  }

  @ParameterizedTest
  @CsvSource({"two boxes, 1", "two large boxes, 0.8", "boxes boxes, 0.5", "baskets, 0", "'', 0"})
  void f1IsTheOverlapInWords(String answer, double f1) {
    assertThat(AnswerScore.f1(answer, List.of("Two Boxes", "x"))).isCloseTo(f1, within(1e-9));
  }

  @Test
  void aShareHasWilsonsInterval() {
    Share share = new Share(8, 10);

    assertThat(share.low()).isCloseTo(0.490, within(0.001));
    assertThat(share.high()).isCloseTo(0.943, within(0.001));
    assertThat(new Share(0, 10).low()).isCloseTo(0, within(1e-9));
    assertThat(new Share(0, 0)).hasToString("none");
  }

  private static Outcome outcome(boolean hasAnswer, String answer, @Nullable Double evidence) {
    List<String> right = hasAnswer ? List.of("45580") : List.of();
    KnownQuestion question = new KnownQuestion("q", "fact", "Who?", right, null, 0, 0);
    boolean answered = !answer.isEmpty();
    return new Outcome(
        question, answer, answered, evidence, true, true, answer.equals("45580"), false, 10);
  }

  private static final List<Outcome> OUTCOMES =
      List.of(
          outcome(true, "45580", 0.9),
          outcome(true, "45580", 0.4),
          outcome(true, "12345", 0.3),
          outcome(true, "", 0.8),
          outcome(false, "12345", 0.35),
          outcome(false, "", 0.1));

  @Test
  void countsRightAnswersAmongQuestionsWithAnAnswerAndAbstentionsAmongBoth() {
    Scores scores = Scores.of(OUTCOMES);

    assertThat(scores.right()).isEqualTo(new Share(2, 4));
    assertThat(scores.cited()).isEqualTo(new Share(2, 2));
    assertThat(scores.abstainedWithout()).isEqualTo(new Share(1, 2));
    assertThat(scores.abstainedWith()).isEqualTo(new Share(1, 4));
    assertThat(scores.goldFirst()).isEqualTo(new Share(4, 4));
  }

  @Test
  void aThresholdTakesAnswersOfLittleEvidenceBack() {
    Threshold threshold = Threshold.at(0.38, OUTCOMES);

    assertThat(threshold.answered()).isEqualTo(new Share(2, 6));
    assertThat(threshold.right()).isEqualTo(new Share(2, 2));
    assertThat(threshold.keptRight()).isEqualTo(new Share(2, 2));
    assertThat(threshold.abstainedWithout()).isEqualTo(new Share(2, 2));
    assertThat(threshold.abstainedRightly()).isEqualTo(new Share(4, 4));
  }

  @Test
  void thresholdsAreTriedWhereThereIsEvidence() {
    assertThat(Threshold.sweep(OUTCOMES)).extracting(Threshold::evidence).contains(0.1, 0.9);
    assertThat(Threshold.sweep(List.of(outcome(true, "45580", null)))).isEmpty();
  }
}
