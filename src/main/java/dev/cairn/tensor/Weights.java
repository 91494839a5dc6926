package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.checkpoint.TensorNumbers;
import dev.cairn.checkpoint.WeightFiles;
import dev.cairn.checkpoint.WeightSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The tensors of a checkpoint in FP32, read when they are first asked for. They live as long as
 * their manager.
 */
final class Weights implements WeightSource<NDArray, NDArray>, AutoCloseable {

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
   * The same with matrices as products; what a product was made of is freed.
   *
   * @param product makes products from FP32 weights (o, i)
   */
  WeightSource<Linear, NDArray> asProducts(Function<NDArray, Linear> product) {
    return new WeightSource<>() {
      @Override
      public Linear matrix(String name, int outputs, int inputs) {
        return Linear.of(product, load(name));
      }

      @Override
      public NDArray vector(String name, int... axes) {
        return load(name);
      }
    };
  }

  /**
   * @throws dev.cairn.checkpoint.CheckpointException when the tensor is missing or cannot be read
   */
  NDArray tensor(String name) {
    return tensors.computeIfAbsent(name, this::load);
  }

  @Override
  public NDArray matrix(String name, int outputs, int inputs) {
    return tensor(name);
  }

  @Override
  public NDArray vector(String name, int... axes) {
    return tensor(name);
  }

  private NDArray load(String name) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray tensor = read(name);
      NDScope.unregister(tensor);
      return tensor;
    }
  }

  /** Copied into the engine's own memory, so that the numbers read can go. */
  private NDArray read(String name) {
    Shape shape = new Shape(files.entry(name).shape());
    return manager.create(TensorNumbers.read(files, name), shape).duplicate();
  }

  /** Closes the files; the tensors stay. */
  @Override
  public void close() {
    files.close();
  }
}
