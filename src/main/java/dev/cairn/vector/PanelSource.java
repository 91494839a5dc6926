package dev.cairn.vector;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.checkpoint.TensorNumbers;
import dev.cairn.checkpoint.WeightFiles;
import dev.cairn.checkpoint.WeightSource;
import dev.cairn.kernel.BytePanels;
import dev.cairn.kernel.FloatPanels;
import dev.cairn.kernel.Panels;
import dev.cairn.safetensors.TensorType;
import java.lang.foreign.Arena;

/**
 * Weights as the kernels read them: matrices in panels, whole numbers as they are stored.
 *
 * @param arena holds the matrices of whole numbers
 */
record PanelSource(WeightFiles files, Arena arena) implements WeightSource<Projection, float[]> {

  @Override
  public Projection matrix(String name, int outputs, int inputs) {
    return new Projection(panels(name, outputs, inputs), null);
  }

  private Panels panels(String name, int outputs, int inputs) {
    return files.entry(name).type() == TensorType.I8
        ? BytePanels.of(
            TensorNumbers.bytes(files, name), inputs, vector(name + Checkpoint.SCALE), arena)
        : FloatPanels.of(vector(name), outputs, inputs);
  }

  @Override
  public float[] vector(String name, int... axes) {
    return TensorNumbers.read(files, name);
  }
}
