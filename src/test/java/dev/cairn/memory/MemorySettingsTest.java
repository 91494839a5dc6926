package dev.cairn.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

class MemorySettingsTest {

  @Configuration
  @EnableConfigurationProperties(MemorySettings.class)
  static class Settings {}

  private final ApplicationContextRunner program =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
          .withUserConfiguration(Settings.class);

  @Test
  void theDefaultsAreThoseOfTheDocumentation() {
    program.run(
        context ->
            assertThat(context.getBean(MemorySettings.class))
                .isEqualTo(
                    new MemorySettings(
                        500,
                        16_384,
                        1_024,
                        KvFormat.BF16,
                        DataSize.ofGigabytes(1),
                        DataSize.ofMegabytes(512),
                        2,
                        Duration.ofSeconds(30))));
  }

  @Test
  void everySettingHasItsKey() {
    program
        .withPropertyValues(
            "cairn.memory.title-characters=1",
            "cairn.memory.metadata-bytes=2",
            "cairn.memory.chunks-per-stretch=3",
            "cairn.memory.landmark-cache=4MB",
            "cairn.memory.kv-format=INT8",
            "cairn.memory.chunk-cache=5MB",
            "cairn.memory.scan-threads=64",
            "cairn.memory.sweep-interval=10ms")
        .run(
            context ->
                assertThat(context.getBean(MemorySettings.class))
                    .isEqualTo(
                        new MemorySettings(
                            1,
                            2,
                            3,
                            KvFormat.INT8,
                            DataSize.ofMegabytes(4),
                            DataSize.ofMegabytes(5),
                            64,
                            Duration.ofMillis(10))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cairn.memory.title-characters=0",
        "cairn.memory.metadata-bytes=0",
        "cairn.memory.chunks-per-stretch=0",
        "cairn.memory.chunks-per-stretch=1025",
        "cairn.memory.landmark-cache=-1B",
        "cairn.memory.kv-format=FP4",
        "cairn.memory.chunk-cache=-1B",
        "cairn.memory.sweep-interval=9ms",
        "cairn.memory.scan-threads=0",
        "cairn.memory.scan-threads=65"
      })
  void aValueBeyondItsLimitsStopsTheStart(String setting) {
    program.withPropertyValues(setting).run(context -> assertThat(context).hasFailed());
  }
}
