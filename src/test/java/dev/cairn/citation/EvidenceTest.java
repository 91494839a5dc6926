package dev.cairn.citation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EvidenceTest {

  @Test
  void isTheMeanCosineWeightedWithWhatWasReadTimesWhatStandsThere() {
    var byChunk = new TreeMap<>(Map.of(0, new double[] {1, 2}, 3, new double[] {0.5, 0.5}));
    double[] cosines = {0.75, 9, 9, -0.25};
    AnswerMass mass = new AnswerMass(byChunk, 4);

    assertThat(Evidence.of(1, mass, chunk -> cosines[chunk]))
        .isEqualTo((3 * 0.75 - 0.25) / 4, within(1e-12));
    assertThat(Evidence.of(0.5, mass, chunk -> cosines[chunk]))
        .isEqualTo((3 * 0.75 - 0.25) / 8, within(1e-12));
    assertThat(Evidence.of(0, mass, chunk -> cosines[chunk])).isZero();
  }

  @Test
  void isUnknownWhenNothingWasRead() {
    assertThat(Evidence.of(1, new AnswerMass(new TreeMap<>(), 0), chunk -> 1)).isNull();
  }

  @Test
  void isTooLittleBelowTheLeastAlone() {
    assertThat(Evidence.isTooLittle(0.2, 0.2)).isFalse();
    assertThat(Evidence.isTooLittle(0.19, 0.2)).isTrue();
    assertThat(Evidence.isTooLittle(-1.0, -1)).isFalse();
    assertThat(Evidence.isTooLittle(null, 0.2)).isFalse();
  }
}
