package dev.cairn.citation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentWordsTest {

  private static double support(String answer, String quote) {
    return ContentWords.support(new WrittenText(answer, false), quote);
  }

  @Test
  void leavesOutCasePunctuationAndStopWords() {
    assertThat(ContentWords.of("The case-number of the “Owl” is RRNXE; 7,500!"))
        .containsExactlyInAnyOrder("case", "number", "owl", "rrnxe", "7", "500");
  }

  @Test
  void supportsAnAnswerWhoseEveryWordIsQuoted() {
    assertThat(support("It is rrnxe.", "The number is RRNXE.")).isEqualTo(1);
  }

  @Test
  void doesNotFullySupportAnAnswerOfWhichAWordIsMissingOrOnlyPartOfAnother() {
    assertThat(support("RRNXE and KTDVT", "The number is RRNXE.")).isLessThan(1);
    assertThat(support("owl", "The owls fly.")).isLessThan(1);
  }

  @Test
  void doesNotSupportAnAnswerWithoutContent() {
    assertThat(support("It is.", "It is.")).isLessThan(1);
    assertThat(support("", "It is.")).isLessThan(1);
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
    assertThat(support(answer, "Mei Petrov was born on 9 October 1604.")).isEqualTo(support);
  }

  @ParameterizedTest
  @CsvSource({"born on 9 Octo, 1", "born on 9 October 16, 1", "born on 8 Octo, 0", "in Osl, 0"})
  void ofATextThatWasCutTheLastWordMayBeTheBeginningOfOne(String answer, double support) {
    assertThat(
            ContentWords.support(
                new WrittenText(answer, true), "Mei Petrov was born on 9 October 1604."))
        .isEqualTo(support);
  }
}
