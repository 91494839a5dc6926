package dev.cairn.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AdmissionTest {

  private final Admission admission =
      new Admission(new AnswerSettings(384, null, 100, 128, 2, 1000, null));

  @Test
  void admitsAsManyAsThereArePlacesAndNoMore() {
    assertThat(inside(1, () -> "in")).isEqualTo("in");
    assertThatThrownBy(() -> inside(2, () -> "in"))
        .isInstanceOfSatisfying(
            Problem.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.OVERLOADED));
  }

  @Test
  void givesAPlaceBackAlsoWhenTheWorkFails() {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> admission.admit(AdmissionTest::fail)).hasMessage("failed");
    }

    assertThat(inside(1, () -> "in")).isEqualTo("in");
  }

  /** Admits the work while others are inside. */
  private String inside(int others, Supplier<String> work) {
    return admission.admit(() -> others == 1 ? admission.admit(work) : inside(others - 1, work));
  }

  private static String fail() {
    throw new IllegalStateException("failed");
  }
}
