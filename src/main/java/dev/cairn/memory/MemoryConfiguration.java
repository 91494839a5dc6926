package dev.cairn.memory;

import dev.cairn.model.SentenceEncoder;
import dev.cairn.store.BlobStore;
import dev.cairn.store.LocalBlobStore;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** The blob store in the data folder, and the memories that questions read from it. */
@Configuration(proxyBeanMethods = false)
class MemoryConfiguration {

  @Bean
  @DependsOn("dataFolder")
  BlobStore blobStore(@Value("${cairn.data}") String data) throws IOException {
    return new LocalBlobStore(Path.of(data).resolve("blobs"));
  }

  @Bean
  ChunkMemories chunkMemories(
      BlobStore store, MemorySettings settings, Optional<SentenceEncoder> sentences) {
    return new ChunkMemories(store, settings, sentences.map(SentenceEncoder::scale).orElse(0f));
  }

  @Bean
  MeterBinder chunkTierMetrics(ChunkMemories memories) {
    return new ChunkTierMetrics(memories.tier());
  }
}
