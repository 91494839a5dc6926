package dev.cairn.citation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CiteAnswerTest {

  private static final UUID DOCUMENT = new UUID(0, 1);

  @Test
  void namesTheHeaviestFirstAndFiveAtMost() {
    List<Passage> passages = IntStream.rangeClosed(1, 7).mapToObj(i -> passage(i, i)).toList();

    assertThat(CiteAnswer.heaviest(passages, 28))
        .extracting(Passage::mass)
        .containsExactly(7.0, 6.0, 5.0, 4.0, 3.0);
  }

  @Test
  void leavesOutWhatIsBelowAHundredthOfAllThatWasRead() {
    Passage least = passage(1, 1);
    Passage chance = passage(2, 0.99);

    assertThat(CiteAnswer.heaviest(List.of(chance, least), 100)).containsExactly(least);
  }

  private static Passage passage(int place, double mass) {
    TextRange range = new TextRange(10L * place, 10L * place + 5);
    return new Passage(DOCUMENT, "title", range, "quote", List.of(), mass);
  }
}
