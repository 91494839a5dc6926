package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.checkpoint.CheckpointException;
import dev.cairn.checkpoint.WeightFiles;
import dev.cairn.kernel.Bfloat16;
import dev.cairn.safetensors.TensorEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tensors of a checkpoint in FP32, read when they are first asked for. They live as long as
 * their manager.
 */
final class Weights implements AutoCloseable {

  private final WeightFiles files;
  private final NDManager manager;
  private final Map<String, NDArray> tensors = new LinkedHashMap<>();

  Weights(Checkpoint checkpoint, NDManager manager) {
    this.files = WeightFiles.open(checkpoint.folder());
    this.manager = manager;
  }

  NDManager manager() {
    return manager;
  }

  /**
   * @throws CheckpointException when the tensor is missing or cannot be read
   */
  NDArray tensor(String name) {
    return tensors.computeIfAbsent(name, this::load);
  }

  private NDArray load(String name) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray tensor = decode(name, files.entry(name));
      NDScope.unregister(tensor);
      return tensor;
    }
  }

  /** Copied into the engine's own memory, so that the buffer of the bytes can go. */
  private NDArray decode(String name, TensorEntry entry) {
    Shape shape = new Shape(entry.shape());
    return switch (entry.type()) {
      case F32 -> raw(name, shape, DataType.FLOAT32).duplicate();
      case F16 -> raw(name, shape, DataType.FLOAT16).toType(DataType.FLOAT32, true);
      case BF16 -> manager.create(Bfloat16.widen(bytes(name)), shape).duplicate();
      case I8 -> raw(name, shape, DataType.INT8).toType(DataType.FLOAT32, true).mul(scale(name));
      default -> throw unsupported(entry);
    };
  }

  /** (out, 1): the factor of each row of 8-bit integers. */
  private NDArray scale(String name) {
    String scale = name + Checkpoint.SCALE;
    Shape rows = new Shape(files.entry(scale).shape());
    return raw(scale, rows, DataType.FLOAT16).toType(DataType.FLOAT32, true).expandDims(1);
  }

  /** An array over the bytes as they stand in the file. */
  private NDArray raw(String name, Shape shape, DataType type) {
    return manager.create(bytes(name), shape, type);
  }

  private ByteBuffer bytes(String name) {
    int length = Math.toIntExact(files.entry(name).length());
    ByteBuffer bytes = ByteBuffer.allocateDirect(length).order(ByteOrder.LITTLE_ENDIAN);
    files.read(name, bytes);
    return bytes.flip();
  }

  private static CheckpointException unsupported(TensorEntry entry) {
    return new CheckpointException(
        CheckpointException.Reason.DTYPE_UNSUPPORTED,
        "tensor %s is %s".formatted(entry.name(), entry.type()));
  }

  /** Closes the files; the tensors stay. */
  @Override
  public void close() {
    files.close();
  }
}
