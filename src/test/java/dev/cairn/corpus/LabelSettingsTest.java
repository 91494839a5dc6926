package dev.cairn.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.SettingsOf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class LabelSettingsTest {

  @EnableConfigurationProperties(LabelSettings.class)
  static class Settings {}

  private final ApplicationContextRunner program = SettingsOf.program(Settings.class);

  @Test
  void theDefaultsAreThoseOfTheDocumentation() {
    program.run(
        context ->
            assertThat(context.getBean(LabelSettings.class))
                .isEqualTo(new LabelSettings(500, 16_384)));
  }

  @Test
  void everySettingHasItsKey() {
    program
        .withPropertyValues("cairn.memory.title-characters=1", "cairn.memory.metadata-bytes=2")
        .run(
            context ->
                assertThat(context.getBean(LabelSettings.class))
                    .isEqualTo(new LabelSettings(1, 2)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cairn.memory.title-characters=0", "cairn.memory.metadata-bytes=0"})
  void aValueBeyondItsLimitsStopsTheStart(String setting) {
    program.withPropertyValues(setting).run(context -> assertThat(context).hasFailed());
  }
}
