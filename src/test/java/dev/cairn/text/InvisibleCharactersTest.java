package dev.cairn.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvisibleCharactersTest {

  private static String seen(String text) {
    InvisibleCharacters invisible = new InvisibleCharacters();
    StringBuilder seen = new StringBuilder();
    text.codePoints().filter(c -> !invisible.drops(c)).forEachOrdered(seen::appendCodePoint);
    return seen.toString();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202C, 0x202E, 0x2060, 0x2063,
        0x2066, 0x2069, 0xFEFF, 0xE0001, 0xE0041
      })
  void whatShowsNothingIsDroppedFromLatinWords(int codePoint) {
    String invisible = Character.toString(codePoint);
    assertThat(seen(invisible + "QX" + invisible + "-77é" + invisible)).isEqualTo("QX-77é");
  }

  @Test
  void joinersStayWhereAScriptOrAnEmojiNeedsThem() {
    for (String text :
        new String[] {
          "می\u200Cخواهم",
          "क्\u200Dष क्\u200Cष",
          "👩🏽\u200D🚒",
          "❤\uFE0F\u200D🔥",
          "🏴\u200D☠\uFE0F"
        }) {
      assertThat(seen(text)).isEqualTo(text);
    }
  }

  @Test
  void tagsStayBehindAFlagAlone() {
    String scotland = "🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC73\uDB40\uDC63\uDB40\uDC74\uDB40\uDC7F";
    assertThat(seen(scotland + " a\uDB40\uDC67b")).isEqualTo(scotland + " ab");
  }

  @Test
  void wordsOfScriptsWithoutBlanksStayApart() {
    assertThat(seen("ภาษา\u200Bไทย")).isEqualTo("ภาษา\u200Bไทย");
  }

  @Test
  void directionMattersInTextThatRunsBothWays() {
    String text = "\u05D0\u05D1 \u2066C++\u2069 C++\u200E \u05D2";
    assertThat(seen(text)).isEqualTo(text);
  }

  @Test
  void blanksAreNoInvisibleCharacters() {
    assertThat(seen("a\u00A0b\u2003c\u3000d\te\nf")).isEqualTo("a\u00A0b\u2003c\u3000d\te\nf");
  }
}
