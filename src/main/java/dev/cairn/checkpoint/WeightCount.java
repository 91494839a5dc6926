package dev.cairn.checkpoint;

import dev.cairn.checkpoint.NeededTensors.Needed;
import dev.cairn.model.ModelForm;
import java.util.Arrays;

/** How much of a checkpoint a token passes: what its speed is measured against. */
public final class WeightCount {

  private WeightCount() {}

  /** Weights of the matrices that each token of a document is multiplied with. */
  public static long ofDocuments(ModelForm form) {
    return NeededTensors.ofDocuments(form).stream()
        .filter(Needed::isMatrix)
        .mapToLong(each -> Arrays.stream(each.shape()).reduce(1, Math::multiplyExact))
        .sum();
  }

  /**
   * Bytes, as they are stored, of all weights that a token of an answer passes.
   *
   * @throws CheckpointException when the weight files cannot be read
   */
  public static long bytesOfAnswers(Checkpoint checkpoint) {
    try (WeightFiles files = WeightFiles.open(checkpoint.folder())) {
      return NeededTensors.ofAnswers(checkpoint.form()).stream()
          .mapToLong(each -> bytes(files, each.name()))
          .sum();
    }
  }

  private static long bytes(WeightFiles files, String name) {
    String scale = name + Checkpoint.SCALE;
    long scales = files.names().contains(scale) ? files.entry(scale).length() : 0;
    return files.entry(name).length() + scales;
  }
}
