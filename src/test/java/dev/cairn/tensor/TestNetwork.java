package dev.cairn.tensor;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.engine.BlockwiseEncoder;
import dev.cairn.engine.Generator;
import dev.cairn.engine.NativeThread;
import dev.cairn.engine.NativeThread.Priority;
import dev.cairn.kernel.Kernel;
import dev.cairn.model.ComputePath;
import dev.cairn.model.DocumentEncoder;
import dev.cairn.model.Hsa;
import dev.cairn.vector.VectorEngine;
import java.util.concurrent.Callable;

/** The parts of a model and a thread to run them on. */
final class TestNetwork implements AutoCloseable {

  private final NativeThread thread = tensorThread();
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  final Network network;
  final Network.Encoding encoding;
  final VectorEngine engine;
  private final Generator generator;

  private record Networks(Network answering, Network.Encoding encoding) {}

  private TestNetwork(Checkpoint checkpoint, ComputePath path) {
    Networks networks = thread.call(Priority.ANSWER, () -> load(checkpoint, path));
    network = networks.answering;
    encoding = networks.encoding;
    engine = new VectorEngine(checkpoint, Kernel.fastest(), 2);
    generator = new Generator(checkpoint.form(), engine.decoder(), thread);
  }

  private Networks load(Checkpoint checkpoint, ComputePath path) {
    Bfloat16Script script = new Bfloat16Script(manager);
    try (Weights weights = new Weights(checkpoint, manager)) {
      return new Networks(
          Network.of((Hsa) checkpoint.form(), weights),
          Network.Encoding.of(
              (Hsa) checkpoint.form(),
              weights,
              weight ->
                  path == ComputePath.FLOAT32
                      ? new Linear.Float32(weight)
                      : new Linear.Bfloat16(script.round(weight), script)));
    }
  }

  /** A native thread on which tensors can be computed with. */
  static NativeThread tensorThread() {
    NativeThread thread = new NativeThread();
    thread.run(Priority.ANSWER, () -> TensorEngine.prepareThread(1));
    return thread;
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

  /** Writes as a model does on the processor. */
  Generator generator() {
    return generator;
  }

  /** Writes in tensors; to be closed. */
  Generator tensorGenerator() {
    return new Generator(network.form(), new TensorDecoder(network), thread);
  }

  /** Encodes as a model does on the processor. */
  DocumentEncoder encoder() {
    return new BlockwiseEncoder(network.form(), thread, engine::documentPass);
  }

  /** Encodes in tensors. */
  DocumentEncoder tensorEncoder() {
    return new BlockwiseEncoder(network.form(), thread, () -> new DocumentPass(encoding));
  }

  /** Arrays that were made and not yet freed. */
  int arrays() {
    return manager.getManagedArrays().size();
  }

  @Override
  public void close() {
    generator.close();
    thread.close(manager::close);
    engine.close();
  }
}
