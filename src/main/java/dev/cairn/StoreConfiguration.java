package dev.cairn;

import dev.cairn.store.BlobStore;
import dev.cairn.store.LocalBlobStore;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** The blob store in the data folder. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

  @Bean
  @DependsOn("dataFolder")
  BlobStore blobStore(@Value("${cairn.data}") String data) throws IOException {
    return new LocalBlobStore(Path.of(data).resolve("blobs"));
  }
}
