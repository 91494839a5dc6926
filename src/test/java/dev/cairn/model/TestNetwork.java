package dev.cairn.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.cairn.model.NativeThread.Priority;
import java.util.concurrent.Callable;

/** The parts of a model in FP32 and a thread to run them on. */
final class TestNetwork implements AutoCloseable {

  private final NativeThread thread = new NativeThread(1);
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  final Network network;

  TestNetwork(Checkpoint checkpoint) {
    network =
        thread.call(Priority.ANSWER, () -> Network.load(checkpoint, manager, Linear.Float32::new));
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

  @Override
  public void close() {
    thread.close(manager::close);
  }
}
