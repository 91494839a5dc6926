package dev.cairn.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
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
    assertThat(Abstention.isOne(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"RRNXE", "The documents do not say. RRNXE", "The documents say.", "0", "№", "<"})
  void takesAnythingElseForAnAnswer(String text) {
    assertThat(Abstention.isOne(text)).isFalse();
  }
}
