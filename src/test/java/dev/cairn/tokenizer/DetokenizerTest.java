package dev.cairn.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.checkpoint.TinyCheckpoint;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetokenizerTest {

  private static final String TEXT =
      "The badge is 🦑, the town Щёлково, 👩‍👩‍👧 日本語 é e\u0301 \0.";

  @ParameterizedTest
  @ValueSource(strings = {"models/cairn-0.5b", "src/test/resources/golden/tiny"})
  void joinedPiecesAreTheTextAndNoCutShowsABrokenCharacter(String checkpoint) {
    try (TextTokenizer tokenizer = TextTokenizer.open(Path.of(checkpoint))) {
      int[] ids = tokenizer.tokenize(TEXT).ids();
      String decoded = tokenizer.decode(ids);
      assertThat(composed(decoded)).isEqualTo(composed(TEXT));
      Detokenizer detokenizer = new Detokenizer(tokenizer);
      StringBuilder text = new StringBuilder();
      for (int count = 0; count < ids.length; count++) {
        text.append(detokenizer.push(ids[count]));
        assertThat(text.toString()).doesNotContain("\uFFFD");
        assertThat(decoded).startsWith(text);
        String whole = tokenizer.decode(Arrays.copyOf(ids, count + 1));
        assertThat(text.toString()).isEqualTo(whole.replaceFirst("\uFFFD+$", ""));
      }
      assertThat(text.toString()).isEqualTo(decoded);
    }
  }

  /** Some vocabularies compose characters first. */
  private static String composed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  @Test
  void givesWhatAWholeDecodeGivesForBytesThatAreNoText() {
    try (TextTokenizer tokenizer = TextTokenizer.open(TinyCheckpoint.GOLDEN)) {
      int[] squid = tokenizer.tokenize("🦑").ids();
      int[] ids = {squid[1], squid[1], squid[0], squid[1], tokenizer.tokenize("x").ids()[0]};
      Detokenizer detokenizer = new Detokenizer(tokenizer);
      StringBuilder text = new StringBuilder();
      for (int id : ids) {
        text.append(detokenizer.push(id));
      }
      assertThat(text.toString()).isEqualTo(tokenizer.decode(ids)).endsWith("x");
    }
  }

  @Test
  void controlTokensAreNoText() {
    try (TextTokenizer tokenizer = TextTokenizer.open(TinyCheckpoint.GOLDEN)) {
      Detokenizer detokenizer = new Detokenizer(tokenizer);
      assertThat(detokenizer.push(1) + detokenizer.push(2)).isEmpty();
    }
  }
}
