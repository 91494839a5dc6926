package dev.cairn.citation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextRangeTest {

  @Test
  void makesOneOfRangesThatOverlap() {
    var ranges =
        List.of(
            new TextRange(50, 60), new TextRange(0, 10), new TextRange(9, 12), new TextRange(5, 8));

    assertThat(TextRange.apart(ranges, 100))
        .containsExactly(new TextRange(0, 12), new TextRange(50, 60));
  }

  @Test
  void keepsRangesThatTouchAsTheyAre() {
    var ranges = List.of(new TextRange(0, 10), new TextRange(10, 12));

    assertThat(TextRange.apart(ranges, 100)).isEqualTo(ranges);
  }

  @Test
  void cutsTheLaterRangeWhenBothWouldBeTooLong() {
    var ranges = List.of(new TextRange(0, 60), new TextRange(50, 101), new TextRange(70, 90));

    assertThat(TextRange.apart(ranges, 101)).containsExactly(new TextRange(0, 101));
    assertThat(TextRange.apart(ranges, 100))
        .containsExactly(new TextRange(0, 60), new TextRange(60, 101));
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
