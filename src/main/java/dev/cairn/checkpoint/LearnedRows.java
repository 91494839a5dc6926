package dev.cairn.checkpoint;

import dev.cairn.safetensors.SafetensorsException;
import dev.cairn.safetensors.SafetensorsFile;
import dev.cairn.safetensors.TensorEntry;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The sizes of a checkpoint's learned rows.
 *
 * @param layers R
 * @param dim r
 */
record LearnedRows(int layers, int dim) {

  /**
   * @throws CheckpointException when the file cannot be read or lacks them
   */
  static LearnedRows read(Path path) {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      TensorEntry deltas = file.header().tensor("cls.delta");
      TensorEntry projection = file.header().tensor("cls.proj.weight");
      return new LearnedRows((int) deltas.shape()[0], (int) projection.shape()[0]);
    } catch (SafetensorsException e) {
      throw CheckpointException.of(path, e);
    } catch (IOException e) {
      throw JsonFile.unreadable(path, e);
    }
  }
}
