package dev.cairn.citation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SalientRunsTest {

  @Test
  void makesOnePassageOfARun() {
    assertThat(SalientRuns.find(tokens(100, Set.of(3L, 4L, 5L))))
        .containsExactly(new TextRange(30, 60));
  }

  @Test
  void mergesRunsWithSixteenTokensBetweenThem() {
    assertThat(SalientRuns.find(tokens(100, Set.of(3L, 20L))))
        .containsExactly(new TextRange(30, 210));
  }

  @Test
  void keepsRunsApartWithSeventeenTokensBetweenThem() {
    assertThat(SalientRuns.find(tokens(100, Set.of(3L, 21L))))
        .containsExactly(new TextRange(30, 40), new TextRange(210, 220));
  }

  @Test
  void mergesAcrossAGapThatNoReadChunkFills() {
    List<AttendedToken> tokens = new ArrayList<>();
    tokens.add(token(63, true));
    tokens.add(token(70, true));

    assertThat(SalientRuns.find(tokens)).containsExactly(new TextRange(630, 710));
  }

  @Test
  void findsNothingWhereNothingStandsOut() {
    assertThat(SalientRuns.find(tokens(64, Set.of()))).isEmpty();
    assertThat(SalientRuns.find(List.of())).isEmpty();
  }

  @Test
  void beginsAnotherPassageWhereOneWouldBeTooLong() {
    Set<Long> all = LongStream.range(0, 300).boxed().collect(Collectors.toSet());

    assertThat(SalientRuns.find(tokens(300, all)))
        .containsExactly(new TextRange(0, 2000), new TextRange(2000, 3000));
  }

  private static List<AttendedToken> tokens(int count, Set<Long> salient) {
    List<AttendedToken> tokens = new ArrayList<>();
    for (long index = 0; index < count; index++) {
      tokens.add(token(index, salient.contains(index)));
    }
    return tokens;
  }

  private static AttendedToken token(long index, boolean salient) {
    return new AttendedToken(index, new TextRange(index * 10, index * 10 + 10), 1, salient);
  }
}
