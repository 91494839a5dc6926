package dev.cairn.cli;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.checkpoint.SentenceSettings;
import dev.cairn.engine.Model;
import dev.cairn.model.ComputePath;
import dev.cairn.model.ComputeSettings;
import dev.cairn.model.ModelForm;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A checked checkpoint, for people and programs.
 *
 * @param form of the model
 * @param sizes of that form
 * @param numbers how many numbers its weight files hold of each type
 * @param reading how a pretrained decoder reads what it encoded; null for other forms
 * @param compute null when it was not asked for
 */
record CheckpointSummary(
    String folder,
    String form,
    ModelForm sizes,
    Map<String, Long> numbers,
    @JsonInclude(NON_NULL) @Nullable LayersSummary reading,
    @Nullable Sentence sentence,
    String weightsSha256,
    String tokenizerSha256,
    String configSha256,
    @JsonInclude(NON_NULL) @Nullable Compute compute) {

  /**
   * How this machine would compute.
   *
   * @param path the number format of encoding
   * @param chosen how it was chosen
   * @param answers how answers are computed
   */
  record Compute(String device, ComputePath path, String chosen, String answers) {

    static Compute timed() {
      int threads = Runtime.getRuntime().availableProcessors();
      var settings = new ComputeSettings("cpu", null, threads);
      return new Compute("cpu", Model.timedPath(settings), "by timing", Model.answersOnProcessor());
    }
  }

  /** The sentence encoder without its mean vectors. */
  record Sentence(String model, int dimension, float scale, String sha256) {

    static @Nullable Sentence of(@Nullable SentenceSettings settings) {
      return settings == null
          ? null
          : new Sentence(
              settings.model(), settings.dimension(), settings.scale(), settings.sha256());
    }
  }

  /**
   * @param compute null leaves out how this machine would compute
   * @throws dev.cairn.checkpoint.CheckpointException when the checkpoint cannot be used
   */
  static CheckpointSummary of(Path folder, @Nullable Compute compute) {
    Checkpoint checkpoint = Checkpoint.open(folder);
    return new CheckpointSummary(
        folder.toString(),
        checkpoint.form().name(),
        checkpoint.form(),
        checkpoint.numbersByType(),
        LayersSummary.of(checkpoint),
        Sentence.of(checkpoint.sentence()),
        checkpoint.weightsSha256(),
        checkpoint.tokenizerSha256(),
        checkpoint.configSha256(),
        compute);
  }
}
