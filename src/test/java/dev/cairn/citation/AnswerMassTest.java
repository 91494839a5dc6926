package dev.cairn.citation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.model.GeneratedToken;
import dev.cairn.model.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerMassTest {

  @Test
  void sumsWhatEachAnswerTokenRead() {
    var first = reading(new int[] {1, 4}, new float[][] {{0.5f, 0.25f}, {0, 0.25f}});
    var second = reading(new int[] {0, 4}, new float[][] {{0.125f, 0}, {0.5f, 0.125f}});

    AnswerMass mass = AnswerMass.of(List.of(first, second));

    assertThat(mass.byChunk().keySet()).containsExactly(0, 1, 4);
    assertThat(mass.byChunk().get(0)).containsExactly(0.125, 0);
    assertThat(mass.byChunk().get(1)).containsExactly(0.5, 0.25);
    assertThat(mass.byChunk().get(4)).containsExactly(0.5, 0.375);
    assertThat(mass.total()).isEqualTo(1.75, within(1e-12));
  }

  @Test
  void leavesTheReadingsAsTheyWere() {
    var token = reading(new int[] {2}, new float[][] {{0.5f}});

    AnswerMass.of(List.of(token, token));

    assertThat(token.reading().mass()[0]).containsExactly(0.5f);
  }

  @Test
  void isNothingForAnAnswerWithoutTokens() {
    AnswerMass mass = AnswerMass.of(List.of());

    assertThat(mass.byChunk()).isEmpty();
    assertThat(mass.total()).isZero();
  }

  private static GeneratedToken reading(int[] chunks, float[][] mass) {
    return new GeneratedToken(7, 0, new Reading(chunks, mass, List.of()));
  }
}
