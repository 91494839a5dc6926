package dev.cairn.recall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.SettingsOf;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

class RecallSettingsTest {

  @EnableConfigurationProperties(RecallSettings.class)
  static class Settings {}

  private final ApplicationContextRunner program = SettingsOf.program(Settings.class);

  @Test
  void theDefaultsAreThoseOfTheDocumentation() {
    program.run(
        context ->
            assertThat(context.getBean(RecallSettings.class))
                .isEqualTo(
                    new RecallSettings(
                        DataSize.ofGigabytes(1),
                        DataSize.ofMegabytes(512),
                        2,
                        Duration.ofSeconds(30))));
  }

  @Test
  void everySettingHasItsKey() {
    program
        .withPropertyValues(
            "cairn.memory.landmark-cache=4MB",
            "cairn.memory.chunk-cache=5MB",
            "cairn.memory.scan-threads=64",
            "cairn.memory.sweep-interval=10ms")
        .run(
            context ->
                assertThat(context.getBean(RecallSettings.class))
                    .isEqualTo(
                        new RecallSettings(
                            DataSize.ofMegabytes(4),
                            DataSize.ofMegabytes(5),
                            64,
                            Duration.ofMillis(10))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cairn.memory.landmark-cache=-1B",
        "cairn.memory.chunk-cache=-1B",
        "cairn.memory.sweep-interval=9ms",
        "cairn.memory.scan-threads=0",
        "cairn.memory.scan-threads=65"
      })
  void aValueBeyondItsLimitsStopsTheStart(String setting) {
    program.withPropertyValues(setting).run(context -> assertThat(context).hasFailed());
  }
}
