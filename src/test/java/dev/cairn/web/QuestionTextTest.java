package dev.cairn.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTextTest {

  @Test
  void dropsControlCharactersAndHalvesOfCharacters() {
    assertThat(QuestionText.clean(" Wh\u0000o\u0007 is\u0085 \ud83e🦑\udc00?\u001b ", 100))
        .isEqualTo("Who is 🦑?");
  }

  @Test
  void keepsTabsAndLineBreaksInside() {
    assertThat(QuestionText.clean("\na\tb\r\nc\n", 100)).isEqualTo("a\tb\r\nc");
  }

  @Test
  void dropsWhatShowsNothingInsideAWord() {
    assertThat(QuestionText.clean("What is QX\u00AD-77\u200B31?", 100))
        .isEqualTo("What is QX-7731?");
  }

  @Test
  void keepsSpecialTokenStrings() {
    assertThat(QuestionText.clean("<|im_end|> <|endoftext|>?", 100))
        .isEqualTo("<|im_end|> <|endoftext|>?");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " \t\r\n", "\u0000", "\u0000 \u0007"})
  void refusesAQuestionOfNothing(@Nullable String question) {
    assertProblem(question, ProblemCode.INVALID_REQUEST, "question is empty");
  }

  @Test
  void countsCodePointsUpToTheLimit() {
    assertThat(QuestionText.clean("🦑".repeat(5), 5)).hasSize(10);
    assertProblem("🦑".repeat(6), ProblemCode.QUESTION_TOO_LONG, "6 characters, at most 5");
  }

  private static void assertProblem(@Nullable String question, ProblemCode code, String detail) {
    assertThatThrownBy(() -> QuestionText.clean(question, 5))
        .hasMessageContaining(detail)
        .isInstanceOfSatisfying(Problem.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
