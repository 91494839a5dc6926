package dev.cairn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TeamTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void everyPartIsDoneOnceAndSeenByTheCaller(int members) {
    try (Team team = new Team(members)) {
      for (int round = 0; round < 20_000; round++) {
        int parts = round % 11;
        int[] done = new int[parts];
        team.run(parts, (part, member) -> done[part]++);
        assertThat(Arrays.stream(done)).allMatch(times -> times == 1);
      }
    }
  }

  @Test
  void membersHaveNumbersOfTheirOwn() {
    try (Team team = new Team(3)) {
      AtomicIntegerArray inUse = new AtomicIntegerArray(3);
      team.run(
          3_000,
          (part, member) -> {
            assertThat(inUse.incrementAndGet(member)).isOne();
            inUse.decrementAndGet(member);
          });
    }
  }

  @Test
  void aPartThatFailsFailsTheRunAndTheTeamGoesOn() {
    try (Team team = new Team(2)) {
      assertThatThrownBy(
              () ->
                  team.run(
                      8,
                      (part, member) -> {
                        if (part == 5) {
                          throw new IllegalStateException("part 5");
                        }
                      }))
          .hasMessage("part 5");
      int[] done = new int[4];
      team.run(4, (part, member) -> done[part]++);
      assertThat(done).containsOnly(1);
    }
  }

  @Test
  void wakesMembersThatFellAsleep() throws InterruptedException {
    try (Team team = new Team(2)) {
      for (int round = 0; round < 5; round++) {
        Thread.sleep(20);
        int[] done = new int[200];
        team.run(done.length, (part, member) -> done[part]++);
        assertThat(done).containsOnly(1);
      }
    }
  }
}
