package dev.cairn.vector;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.checkpoint.PackedTensor;
import dev.cairn.checkpoint.SafetensorsTensor;
import dev.cairn.checkpoint.TensorNumbers;
import dev.cairn.checkpoint.WeightFiles;
import dev.cairn.checkpoint.WeightSource;
import dev.cairn.gguf.GgufType;
import dev.cairn.kernel.BytePanels;
import dev.cairn.kernel.FloatPanels;
import dev.cairn.kernel.GroupFormat;
import dev.cairn.kernel.GroupedPanels;
import dev.cairn.kernel.Panels;
import dev.cairn.safetensors.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

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
    return switch (files.entry(name)) {
      case SafetensorsTensor tensor when tensor.type() == TensorType.I8 ->
          BytePanels.of(
              TensorNumbers.bytes(files, name), inputs, vector(name + Checkpoint.SCALE), arena);
      case PackedTensor tensor when tensor.type() == GgufType.Q4_0 ->
          grouped(GroupFormat.Q4_0, name, outputs, inputs);
      case PackedTensor tensor when tensor.type() == GgufType.Q8_0 ->
          grouped(GroupFormat.Q8_0, name, outputs, inputs);
      default -> FloatPanels.of(vector(name), outputs, inputs);
    };
  }

  private Panels grouped(GroupFormat format, String name, int outputs, int inputs) {
    MemorySegment blocks = MemorySegment.ofBuffer(TensorNumbers.bytes(files, name));
    return GroupedPanels.of(format, blocks, outputs, inputs, arena);
  }

  @Override
  public float[] vector(String name, int... axes) {
    return TensorNumbers.read(files, name);
  }
}
