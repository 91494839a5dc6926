package dev.cairn;

import static dev.cairn.model.Sizes.require;

import dev.cairn.catalogue.EncodingSettings;
import dev.cairn.catalogue.FixedValues;
import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.engine.Model;
import dev.cairn.model.ComputePath;
import dev.cairn.model.ComputeSettings;
import dev.cairn.model.Hsa;
import dev.cairn.model.KvFormat;
import dev.cairn.segment.Fingerprint;
import dev.cairn.sentence.SentenceEncoder;
import dev.cairn.tokenizer.TextTokenizer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The loaded checkpoint. */
@Configuration(proxyBeanMethods = false)
class ModelConfiguration {

  private static final String COMPUTE_PATH = "compute-path";

  private final ModelSettings settings;

  ModelConfiguration(ModelSettings settings) {
    this.settings = settings;
  }

  @Bean
  Checkpoint checkpoint() {
    return Checkpoint.open(settings.model());
  }

  @Bean
  TextTokenizer textTokenizer(Checkpoint checkpoint) {
    return TextTokenizer.open(checkpoint.folder(), checkpoint.form());
  }

  /** Absent when the checkpoint names none. */
  @Bean
  @Nullable SentenceEncoder sentenceEncoder(Checkpoint checkpoint) {
    return checkpoint.sentence() == null
        ? null
        : SentenceEncoder.open(checkpoint.sentence(), settings.threadsOrAll());
  }

  /**
   * The compute path is timed once for a catalogue and kept, because what is stored depends on it.
   * When another process kept another one meanwhile, that one holds.
   */
  @Bean
  Model model(Checkpoint checkpoint, FixedValues kept) {
    if (settings.computePath() != null) {
      return load(checkpoint, settings.computePath());
    }
    ComputePath known = kept.find(COMPUTE_PATH).map(ComputePath::valueOf).orElse(null);
    Model model = load(checkpoint, known);
    ComputePath path = ComputePath.valueOf(kept.keep(COMPUTE_PATH, model.path().name()));
    if (path == model.path()) {
      return model;
    }
    model.close();
    return load(checkpoint, path);
  }

  private Model load(Checkpoint checkpoint, @Nullable ComputePath path) {
    return Model.load(
        checkpoint, new ComputeSettings(settings.device(), path, settings.threadsOrAll()));
  }

  /**
   * @throws IllegalArgumentException when what the checkpoint stores has no such format
   */
  @Bean
  Fingerprint fingerprint(Checkpoint checkpoint, Model model, EncodingSettings memory) {
    require(
        memory.kvFormat() != KvFormat.INT4 || !(checkpoint.form() instanceof Hsa),
        "cairn.memory.kv-format=INT4 is not for checkpoints of the form hsa: choose BF16 or INT8");
    return Fingerprint.of(checkpoint, model.path(), memory.kvFormat(checkpoint.form()));
  }
}
