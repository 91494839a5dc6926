package dev.cairn;

import dev.cairn.disk.DiskSpace;
import dev.cairn.store.BlobStore;
import dev.cairn.store.LocalBlobStore;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The blob store in the data folder. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

  @Bean
  BlobStore blobStore(@Value("${cairn.data}") String data, DiskSpace disk) throws IOException {
    return new LocalBlobStore(Path.of(data).resolve("blobs"), disk::requireRoom);
  }
}
