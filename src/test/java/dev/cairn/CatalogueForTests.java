package dev.cairn;

import dev.cairn.model.KvFormat;
import dev.cairn.segment.Fingerprint;
import dev.cairn.tokenizer.TextTokenizer;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;

/** The catalogue and what it stands on. No configuration class, so that no scan finds it. */
@EnableAutoConfiguration
@ComponentScan(
    basePackages = {
      "dev.cairn.catalogue",
      "dev.cairn.corpus",
      "dev.cairn.text",
      "dev.cairn.recall",
      "dev.cairn.web",
      "dev.cairn.problem",
      "dev.cairn.access",
      "dev.cairn.database",
      "dev.cairn.disk"
    },
    excludeFilters =
        @ComponentScan.Filter(
            type = FilterType.REGEX,
            pattern = "dev\\.cairn\\.(web\\.(?!Corpus|Document)|recall\\.IndexWords).*"))
@Import(StoreConfiguration.class)
@ConfigurationPropertiesScan("dev.cairn")
class CatalogueForTests {

  @Bean
  TextTokenizer textTokenizer() {
    return TextTokenizer.open(Path.of("src/test/resources/golden/tiny"));
  }

  @Bean
  Fingerprint fingerprint() {
    return new Fingerprint("f".repeat(64), "a".repeat(64), 64, 1024, KvFormat.BF16);
  }
}
