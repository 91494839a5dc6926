package dev.cairn.recall;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.kernel.ScanKernel;
import dev.cairn.lexical.LexicalIndexes;
import dev.cairn.sentence.SentenceEncoder;
import dev.cairn.store.BlobStore;
import dev.cairn.tokenizer.TextTokenizer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** The memories that questions read, and what they are scored by. */
@Configuration(proxyBeanMethods = false)
class RecallConfiguration {

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

  /** Without a checkpoint there are no questions, and the scale of words counts for nothing. */
  @Bean
  QuestionMemories questionMemories(
      BlobStore store,
      RecallSettings settings,
      Optional<SentenceEncoder> sentences,
      LexicalPrior lexical,
      LexicalSettings lexicalSettings,
      Optional<Checkpoint> checkpoint) {
    float words = checkpoint.map(Checkpoint::form).map(PriorScales::words).orElse(0f);
    return new QuestionMemories(
        store,
        settings,
        lexical,
        new PriorScales(
            sentences.map(SentenceEncoder::scale).orElse(0f),
            lexicalSettings.scale() == null ? words : lexicalSettings.scale()),
        ScanKernel.fastest());
  }

  @Bean
  MeterBinder chunkTierMetrics(QuestionMemories memories) {
    return new ChunkTierMetrics(memories.tier());
  }
}
