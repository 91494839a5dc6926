package dev.cairn.web;

import dev.cairn.ingest.IngestSettings;
import jakarta.servlet.MultipartConfigElement;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** How multipart uploads are received. */
@Configuration(proxyBeanMethods = false)
class MultipartConfiguration {

  /** Room for the title, the metadata and the borders between the parts. */
  private static final DataSize BESIDE_THE_FILE = DataSize.ofMegabytes(1);

  /** Parts go to disk from their first byte on, so that uploads take no heap. */
  @Bean
  MultipartConfigElement multipartConfig(IngestSettings settings) {
    long file = settings.uploadLimit().toBytes();
    return new MultipartConfigElement("", file, file + BESIDE_THE_FILE.toBytes(), 0);
  }
}
