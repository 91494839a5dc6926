package dev.cairn.citation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class QuotesTest {

  private static final long START = 1_000;
  private static final String FILLER =
      "Of this and that was much said on both sides of the table. ";
  private static final ToDoubleFunction<TextRange> LENGTH = TextRange::length;

  private static String quote(String text, String answer) {
    TextRange passage = new TextRange(START, START + text.codePointCount(0, text.length()));
    TextRange quoted = Quotes.of(passage, text, new WrittenText(answer, false), LENGTH);
    assertThat(quoted.length()).isLessThanOrEqualTo(Math.min(Quotes.LONGEST, passage.length()));
    return quoted.of(text, START);
  }

  @Test
  void aShortPassageIsQuotedWhole() {
    assertThat(quote("One. The fee is 7. Three.", "7")).isEqualTo("One. The fee is 7. Three.");
  }

  @Test
  void ofALongOneTheSentenceThatHoldsTheAnswer() {
    String text = FILLER.repeat(12) + "🦑 The fee is 1,204.50 crowns. " + FILLER.repeat(12);

    assertThat(quote(text, "1,204.50 crowns")).contains("🦑 The fee is 1,204.50 crowns.");
  }

  @Test
  void ofALongTableTheRow() {
    String row = "K-%02d\t\t7\t12\t" + "x".repeat(250) + "\n";
    String text = row.formatted(30) + row.formatted(31) + row.formatted(32);

    assertThat(quote(text, "K-31")).startsWith("K-31\t\t7\t12").doesNotContain("K-30", "K-32");
  }

  @Test
  void ofALongSentenceThePieceBetweenWords() {
    String text =
        "and the boats went out ".repeat(30) + "for 48 crowns " + "and came in ".repeat(40);

    assertThat(quote(text, "48 crowns")).contains("48 crowns").matches("\\w.*\\w");
  }

  @Test
  void ofATextWithoutWhiteSpaceAPiece() {
    assertThat(quote("𝔘".repeat(1_000), "48")).hasSize(2 * Quotes.LONGEST);
  }

  @Test
  void sentencesCoverATextButForWhiteSpace() {
    String text = "One is here.  Two\nis there.\n\nA heading\n\na\tb\nc\td\n";
    List<TextRange> parts = Sentences.of(new TextRange(7, 7 + text.length()), text, 300);

    assertThat(parts.stream().map(part -> part.of(text, 7)))
        .containsExactly("One is here.", "Two\nis there.", "A heading", "a\tb", "c\td");
  }
}
