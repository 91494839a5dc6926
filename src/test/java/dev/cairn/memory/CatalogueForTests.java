package dev.cairn.memory;

import dev.cairn.model.TextTokenizer;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/** The catalogue and what it stands on. No configuration class, so that no scan finds it. */
@EnableAutoConfiguration
@ComponentScan(
    basePackages = {
      "dev.cairn.memory",
      "dev.cairn.problem",
      "dev.cairn.access",
      "dev.cairn.database"
    },
    excludeFilters =
        @ComponentScan.Filter(
            type = FilterType.ASSIGNABLE_TYPE,
            classes = ModelConfiguration.class))
@ConfigurationPropertiesScan("dev.cairn")
class CatalogueForTests {

  @Bean
  TextTokenizer textTokenizer() {
    return TextTokenizer.open(Path.of("src/test/resources/golden/tiny"));
  }

  @Bean
  Fingerprint fingerprint() {
    return new Fingerprint("f".repeat(64), "a".repeat(64), 64, KvFormat.BF16);
  }
}
