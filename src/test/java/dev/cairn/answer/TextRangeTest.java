package dev.cairn.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextRangeTest {

  @Test
  void mergesWhatOverlapsOrTouches() {
    var ranges =
        List.of(
            new TextRange(50, 60),
            new TextRange(0, 10),
            new TextRange(10, 12),
            new TextRange(5, 8));

    assertThat(TextRange.merge(ranges))
        .containsExactly(new TextRange(0, 12), new TextRange(50, 60));
  }

  @Test
  void isHalfOpen() {
    var range = new TextRange(3, 5);

    assertThat(range.contains(2)).isFalse();
    assertThat(range.contains(3)).isTrue();
    assertThat(range.contains(4)).isTrue();
    assertThat(range.contains(5)).isFalse();
  }
}
