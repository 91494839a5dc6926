package dev.cairn;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

/** Programs that have nothing but settings. */
public final class SettingsOf {

  private SettingsOf() {}

  /** A program that binds and checks what a class enables. */
  public static ApplicationContextRunner program(Class<?> settings) {
    return new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
        .withUserConfiguration(settings);
  }
}
