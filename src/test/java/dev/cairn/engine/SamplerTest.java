package dev.cairn.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.model.Sampling;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {

  /** The logarithms of 0.1, 0.6, 0.3. */
  private static final float[] LOGITS = {
    (float) Math.log(0.1), (float) Math.log(0.6), (float) Math.log(0.3)
  };

  private static final int DRAWS = 20_000;

  @Test
  void greedyTakesTheLowestIdOfTheHighestLogit() {
    Sampler sampler = new Sampler(Sampling.greedy(1));
    assertThat(sampler.next(new float[] {9, -1, 3, 2, 3, 9}, 1, 4)).isEqualTo(1);
  }

  @Test
  void drawsInTheProportionsOfTheProbabilities() {
    assertThat(shares(new Sampling(1, 1, 1, 4)))
        .containsExactly(new double[] {0.1, 0.6, 0.3}, within(0.01));
  }

  @Test
  void temperatureSharpensTheProbabilities() {
    // At half the temperature probabilities are squared: 0.01, 0.36, 0.09 of 0.46.
    assertThat(shares(new Sampling(1, 0.5f, 1, 4)))
        .containsExactly(new double[] {0.01 / 0.46, 0.36 / 0.46, 0.09 / 0.46}, within(0.01));
  }

  @Test
  void topPDropsWhatIsNotNeededToReachIt() {
    assertThat(shares(new Sampling(1, 1, 0.85f, 4)))
        .containsExactly(new double[] {0, 0.6 / 0.9, 0.3 / 0.9}, within(0.01));
    assertThat(shares(new Sampling(1, 1, 0.59f, 4))).containsExactly(0, 1, 0);
    assertThat(shares(new Sampling(1, 1, Float.MIN_VALUE, 4))).containsExactly(0, 1, 0);
  }

  @Test
  void theSameSeedDrawsTheSame() {
    assertThat(draws(new Sampling(1, 1, 1, 9))).isEqualTo(draws(new Sampling(1, 1, 1, 9)));
    assertThat(draws(new Sampling(1, 1, 1, 9))).isNotEqualTo(draws(new Sampling(1, 1, 1, 10)));
  }

  @Test
  void extremeTemperaturesDrawFromTheVocabulary() {
    assertThat(draws(new Sampling(1, Float.MIN_VALUE, 1, 3))).containsOnly(1);
    assertThat(draws(new Sampling(1, Float.MAX_VALUE, 1, 3))).contains(0, 1, 2);
  }

  private static double[] shares(Sampling sampling) {
    int[] draws = draws(sampling);
    return IntStream.range(0, LOGITS.length)
        .mapToDouble(id -> IntStream.of(draws).filter(drawn -> drawn == id).count())
        .map(count -> count / DRAWS)
        .toArray();
  }

  private static int[] draws(Sampling sampling) {
    Sampler sampler = new Sampler(sampling);
    return IntStream.range(0, DRAWS).map(draw -> sampler.next(LOGITS, 0, LOGITS.length)).toArray();
  }
}
