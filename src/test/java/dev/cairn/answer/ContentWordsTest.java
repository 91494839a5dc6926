package dev.cairn.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
}
