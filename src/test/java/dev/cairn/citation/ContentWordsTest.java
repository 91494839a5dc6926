package dev.cairn.citation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentWordsTest {

  @Test
  void leavesOutCasePunctuationAndStopWords() {
    assertThat(ContentWords.of("The case-number of the “Owl” is RRNXE; 7,500!"))
        .containsExactlyInAnyOrder("case", "number", "owl", "rrnxe", "7", "500");
  }

  @Test
  void isNotWeakWhenEveryWordOfTheAnswerIsQuoted() {
    assertThat(ContentWords.weak("It is rrnxe.", "The number is RRNXE.")).isFalse();
  }

  @Test
  void isWeakWhenAWordIsMissingOrOnlyPartOfAnother() {
    assertThat(ContentWords.weak("RRNXE and KTDVT", "The number is RRNXE.")).isTrue();
    assertThat(ContentWords.weak("owl", "The owls fly.")).isTrue();
  }

  @Test
  void isWeakWhenTheAnswerHasNoContent() {
    assertThat(ContentWords.weak("It is.", "It is.")).isTrue();
    assertThat(ContentWords.weak("", "It is.")).isTrue();
  }

  @Test
  void keepsANegationAndWordsOfAnyScript() {
    assertThat(ContentWords.of("No, не в Щёлково")).contains("no", "не", "щёлково");
  }

  @ParameterizedTest
  @CsvSource({
    "9 October 1604, 1",
    "born in October, 1",
    "in October at Oslo, 0.5",
    "7 October 1604, 0",
    "October 16, 0",
    "'', 0",
    "the, 0"
  })
  void aQuoteSupportsTheShareOfTheWordsThatItHoldsAndNothingOfAMadeUpNumber(
      String answer, double support) {
    assertThat(ContentWords.support(answer, "Mei Petrov was born on 9 October 1604."))
        .isEqualTo(support);
  }
}
