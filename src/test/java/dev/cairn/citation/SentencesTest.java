package dev.cairn.citation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentencesTest {

  @Test
  void widensToTheWholeSentence() {
    assertThat(widen("One is here. The gate [code is] QX-7731. Three is there."))
        .isEqualTo("The gate code is QX-7731.");
  }

  @Test
  void widensToSeveralSentencesWhenThePassageSpansThem() {
    assertThat(widen("One is here. Two [is here. Three] is there. Four is not."))
        .isEqualTo("Two is here. Three is there.");
  }

  @Test
  void keepsAWholeSentenceAsItIs() {
    assertThat(widen("One is here. [Two is here.] Three is there.")).isEqualTo("Two is here.");
  }

  @Test
  void doesNotTakeTheSentenceBeforeForALeadingBlank() {
    assertThat(widen("One is here.[ Two] is here. Three is there.")).isEqualTo("Two is here.");
  }

  @Test
  void endsWithTheParagraph() {
    assertThat(widen("A heading\n\nsome [words] without a stop\r\n \r\nAnother paragraph"))
        .isEqualTo("some words without a stop");
  }

  @Test
  void keepsALineBreakInsideAHardWrappedSentence() {
    assertThat(widen("One is here. The gate\r\ncode [is] QX-7731.\r\nThree."))
        .isEqualTo("The gate\r\ncode is QX-7731.");
  }

  @Test
  void anInitialOrATitleEndsNoSentence() {
    assertThat(widen("One. In 1914 J. M. Thompson [asked] Mrs. Osei. Three."))
        .isEqualTo("In 1914 J. M. Thompson asked Mrs. Osei.");
  }

  @Test
  void endsWhereTheWindowEnds() {
    assertThat(widen("no stop [anywhere] in this")).isEqualTo("no stop anywhere in this");
  }

  @Test
  void countsCodePointsAndNotUtf16() {
    assertThat(widen("𝔘 é 👩‍👩‍👧 one. The 🦑 [badge 🦑] e\u0301 𝔘. Three 𝔘."))
        .isEqualTo("The 🦑 badge 🦑 e\u0301 𝔘.");
  }

  @Test
  void hasNoSentenceForABlankPassage() {
    assertThat(Sentences.widen(new TextRange(104, 106), 100, "One. \u00a0Two.")).isEmpty();
  }

  /** Widens what stands in brackets; the window begins at code point 1,000. */
  private static String widen(String marked) {
    String window = marked.replace("[", "").replace("]", "");
    int open = marked.codePointCount(0, marked.indexOf('['));
    int close = marked.codePointCount(0, marked.indexOf(']')) - 1;
    TextRange widened =
        Sentences.widen(new TextRange(1000 + open, 1000 + close), 1000, window).orElseThrow();
    int from = window.offsetByCodePoints(0, (int) (widened.start() - 1000));
    return window.substring(from, window.offsetByCodePoints(from, (int) widened.length()));
  }
}
