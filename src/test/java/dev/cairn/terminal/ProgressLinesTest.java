package dev.cairn.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Time is moved by hand. */
class ProgressLinesTest {

  private static final long TOTAL = 100_000;

  private final StringWriter printed = new StringWriter();
  private long nanos = Duration.ofDays(1).toNanos();
  private final Pace pace = new Pace(() -> nanos);
  private final ProgressLines lines =
      new ProgressLines(new PrintWriter(printed, true), "Uploading", "bytes", () -> nanos);

  private void reach(long done, Duration later) {
    nanos += later.toNanos();
    pace.reach(done, TOTAL);
    lines.reach(pace);
  }

  private List<String> lines() {
    return printed.toString().lines().toList();
  }

  @Test
  void whatIsDoneSoonPrintsNothing() {
    reach(TOTAL, Duration.ofMillis(4_900));

    assertThat(printed.toString()).isEmpty();
  }

  @Test
  void aLineComesEveryFiveSecondsWithSpeedAndTimeLeft() {
    for (int i = 1; i <= 20; i++) {
      reach(i * 1_000L, Duration.ofSeconds(1));
    }

    assertThat(lines())
        .containsExactly(
            "Uploading: 5,000 of 100,000 bytes (5 %), 1,000 a second, 1 min 35 s left",
            "Uploading: 10,000 of 100,000 bytes (10 %), 1,000 a second, 1 min 30 s left",
            "Uploading: 15,000 of 100,000 bytes (15 %), 1,000 a second, 1 min 25 s left",
            "Uploading: 20,000 of 100,000 bytes (20 %), 1,000 a second, 1 min 20 s left");
    assertThat(printed.toString()).doesNotContain("\r");
  }

  @Test
  void whatStandsStillHasAnUnknownTimeLeft() {
    reach(0, Duration.ofSeconds(6));

    assertThat(lines().getLast()).endsWith("0 a second, unknown time left");
  }

  @Test
  void theEstimateFollowsAChangeOfSpeed() {
    for (int i = 1; i <= 100; i++) {
      reach(i * 100L, Duration.ofSeconds(1));
    }
    assertThat(pace.timeLeft()).contains(Duration.ofSeconds(900));

    for (int i = 1; i <= 61; i++) {
      reach(10_000 + i * 1_000L, Duration.ofSeconds(1));
    }

    assertThat(pace.perSecond()).isEqualTo(1_000);
    assertThat(pace.timeLeft()).contains(Duration.ofSeconds(29));
  }

  @Test
  void aThousandReportsInOneMomentAreOne() {
    reach(1_000, Duration.ofSeconds(1));
    for (int i = 0; i < 1_000; i++) {
      reach(1_000 + i, Duration.ofNanos(10));
    }

    assertThat(pace.done()).isEqualTo(1_999);
    assertThat(pace.timeLeft()).contains(Duration.ofSeconds(50));
  }
}
