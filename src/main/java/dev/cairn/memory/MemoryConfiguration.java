package dev.cairn.memory;

import dev.cairn.lexical.LexicalIndexes;
import dev.cairn.model.SentenceEncoder;
import dev.cairn.model.TextTokenizer;
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
  @DependsOn("dataFolder")
  LexicalPrior lexicalPrior(
      @Value("${cairn.data}") String data,
      LexicalSettings settings,
      BlobStore store,
      TextTokenizer tokenizer)
      throws IOException {
    Path folder = Path.of(data).resolve("lexical");
    return new LexicalPrior(new LexicalIndexes(folder, settings.openIndexes()), store, tokenizer);
  }

  @Bean
  ChunkMemories chunkMemories(
      BlobStore store,
      MemorySettings settings,
      Optional<SentenceEncoder> sentences,
      LexicalPrior lexical,
      LexicalSettings lexicalSettings) {
    return new ChunkMemories(
        store,
        settings,
        lexical,
        new PriorScales(sentences.map(SentenceEncoder::scale).orElse(0f), lexicalSettings.scale()),
        ByteKernel.fastest());
  }

  @Bean
  MeterBinder chunkTierMetrics(ChunkMemories memories) {
    return new ChunkTierMetrics(memories.tier());
  }
}
