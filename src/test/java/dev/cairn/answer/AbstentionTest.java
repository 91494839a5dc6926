package dev.cairn.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.citation.WrittenText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AbstentionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The documents do not say.",
        " the documents  do not say",
        "\"The documents do not say.\"\n",
        "",
        " \n"
      })
  void knowsAnAbstention(String text) {
    assertThat(Abstention.isOne(new WrittenText(text, false))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RRNXE",
        "The documents do not say. RRNXE",
        "The documents say.",
        "The documents do",
        "0",
        "№",
        "<"
      })
  void takesAnythingElseForAnAnswer(String text) {
    assertThat(Abstention.isOne(new WrittenText(text, false))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "The documents do n, true",
    "The documents do not say, true",
    "The documents, false",
    "The documents do say, false",
    "The, false"
  })
  void knowsOneThatWasCut(String text, boolean isOne) {
    assertThat(Abstention.isOne(new WrittenText(text, true))).isEqualTo(isOne);
  }
}
