package dev.cairn.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.cairn.model.NativeThread.Priority;
import java.util.concurrent.Callable;

/** The parts of a model and a thread to run them on. */
final class TestNetwork implements AutoCloseable {

  private final NativeThread thread = new NativeThread(1);
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  final Network network;

  private TestNetwork(Checkpoint checkpoint, ComputePath path) {
    network =
        thread.call(
            Priority.ANSWER,
            () -> {
              Bfloat16Script script = new Bfloat16Script(manager);
              return Network.load(
                  checkpoint,
                  manager,
                  weight ->
                      path == ComputePath.FLOAT32
                          ? new Linear.Float32(weight)
                          : new Linear.Bfloat16(script.round(weight), script));
            });
  }

  static TestNetwork float32(Checkpoint checkpoint) {
    return new TestNetwork(checkpoint, ComputePath.FLOAT32);
  }

  static TestNetwork bfloat16(Checkpoint checkpoint) {
    return new TestNetwork(checkpoint, ComputePath.BFLOAT16);
  }

  /** Runs on the native thread and frees every array made there. */
  <T> T inScope(Callable<T> work) {
    return thread.call(
        Priority.ANSWER,
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return work.call();
          }
        });
  }

  Generator generator() {
    return new Generator(network, thread);
  }

  DocumentEncoder encoder() {
    return new BlockwiseEncoder(network, thread);
  }

  /** Arrays that were made and not yet freed. */
  int arrays() {
    return manager.getManagedArrays().size();
  }

  @Override
  public void close() {
    thread.close(manager::close);
  }
}
