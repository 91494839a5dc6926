package dev.cairn.database;

import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where Cairn keeps what it keeps.
 *
 * @param data the data folder
 */
@Validated
@ConfigurationProperties("cairn")
record DataSettings(@NotBlank String data) {

  Path folder() {
    return Path.of(data);
  }
}
