package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import org.junit.jupiter.api.Test;

class LaunchSettingsTest {

  private final LaunchSettings settings = LaunchSettings.load();

  @Test
  void theBuildFillsInEveryValue() {
    assertThat(settings.environment())
        .containsOnlyKeys(
            "MALLOC_ARENA_MAX", "MALLOC_MMAP_MAX_", "MALLOC_TRIM_THRESHOLD_", "OMP_WAIT_POLICY");
    assertThat(settings.environment().values()).allMatch(value -> value.matches("\\w+"));
    assertThat(settings.javaOptions()).allMatch(option -> option.startsWith("-"));
  }

  @Test
  void theyReachTheTests() {
    assertThat(settings.inForce(System.getenv())).isTrue();
  }

  @Test
  void oneMissingVariableIsNoticed() {
    var environment = new HashMap<>(settings.environment());
    environment.remove("MALLOC_ARENA_MAX");

    assertThat(settings.inForce(environment)).isFalse();
  }

  @Test
  void theCommandNamesEverythingThatAPlainStartLacks() {
    assertThat(settings.command())
        .contains("MALLOC_ARENA_MAX=1", "java --enable-native-access", "-jar target/cairn.jar");
  }
}
