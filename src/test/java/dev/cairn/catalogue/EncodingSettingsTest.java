package dev.cairn.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.SettingsOf;
import dev.cairn.model.KvFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class EncodingSettingsTest {

  @EnableConfigurationProperties(EncodingSettings.class)
  static class Settings {}

  private final ApplicationContextRunner program = SettingsOf.program(Settings.class);

  @Test
  void theDefaultsAreThoseOfTheDocumentation() {
    program.run(
        context ->
            assertThat(context.getBean(EncodingSettings.class))
                .isEqualTo(new EncodingSettings(1_024, null)));
  }

  @Test
  void everySettingHasItsKey() {
    program
        .withPropertyValues("cairn.memory.chunks-per-stretch=3", "cairn.memory.kv-format=INT8")
        .run(
            context ->
                assertThat(context.getBean(EncodingSettings.class))
                    .isEqualTo(new EncodingSettings(3, KvFormat.INT8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cairn.memory.chunks-per-stretch=0",
        "cairn.memory.chunks-per-stretch=1025",
        "cairn.memory.kv-format=FP4"
      })
  void aValueBeyondItsLimitsStopsTheStart(String setting) {
    program.withPropertyValues(setting).run(context -> assertThat(context).hasFailed());
  }
}
