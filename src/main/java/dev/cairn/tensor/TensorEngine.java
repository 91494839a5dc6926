package dev.cairn.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.kernel.ProductSize;
import dev.cairn.model.AnswerDecoder;
import dev.cairn.model.BlockPass;
import dev.cairn.model.ComputePath;
import dev.cairn.model.ComputeSettings;
import dev.cairn.model.Hsa;
import dev.cairn.model.Layers;
import java.util.function.Function;
import java.util.function.Supplier;

/** The tensor engine on one device. Opened and used on the native thread. */
public final class TensorEngine implements AutoCloseable {

  private static final String ENGINE = "PyTorch";

  private final NDManager manager;
  private final Bfloat16Script script;

  private TensorEngine(NDManager manager) {
    this.manager = manager;
    this.script = new Bfloat16Script(manager);
  }

  /**
   * Loads the engine when it is the first time.
   *
   * @throws IllegalArgumentException when there is no such device
   */
  public static TensorEngine open(ComputeSettings settings) {
    prepareThread(settings.threads());
    int gpus = Engine.getEngine(ENGINE).getGpuCount();
    if (settings.gpu().orElse(-1) >= gpus) {
      throw new IllegalArgumentException(
          "there is no device %s; the engine sees %d".formatted(settings.device(), gpus));
    }
    Device device =
        settings.gpu().isPresent() ? Device.gpu(settings.gpu().getAsInt()) : Device.cpu();
    return new TensorEngine(NDManager.newBaseManager(device, ENGINE));
  }

  /**
   * Gradient mode and the pool of the engine's worker threads belong to a native thread.
   *
   * @param threads of one operation
   */
  static void prepareThread(int threads) {
    Engine.getEngine(ENGINE);
    JniUtils.setGradMode(false);
    JniUtils.setGraphExecutorOptimize(false);
    JniUtils.setNumThreads(threads);
  }

  /** The number format of the settings, else the quicker one. */
  public ComputePath path(ComputeSettings settings) {
    if (settings.path() != null) {
      return settings.path();
    }
    return manager.getDevice().isGpu()
        ? PathTiming.ofTensors(manager, script)
        : PathTiming.ofProcessor(manager, script, settings.threads());
  }

  /**
   * A model's weights on the device; they live as long as the engine.
   *
   * @param documentPasses what documents pass
   * @param decoder what prompts pass
   */
  public record Loaded(Supplier<BlockPass> documentPasses, AnswerDecoder decoder) {}

  /**
   * Reads what documents and prompts pass.
   *
   * @param prefix ids before every document and every prompt; none for forms without
   */
  public Loaded load(Checkpoint checkpoint, ComputePath path, int... prefix) {
    return switch (checkpoint.form()) {
      case Hsa form -> {
        Supplier<BlockPass> passes = documentPasses(checkpoint, path);
        try (Weights weights = new Weights(checkpoint, manager)) {
          yield new Loaded(passes, new TensorDecoder(Network.of(form, weights)));
        }
      }
      case Layers form -> {
        LayersNetwork network = layers(checkpoint, form, path, prefix);
        yield new Loaded(() -> new LayersDocumentPass(network), new LayersDecoder(network));
      }
    };
  }

  /** Reads what documents pass alone. */
  public Supplier<BlockPass> documentPasses(
      Checkpoint checkpoint, ComputePath path, int... prefix) {
    return switch (checkpoint.form()) {
      case Hsa form -> {
        try (Weights weights = new Weights(checkpoint, manager)) {
          Network.Encoding network = Network.Encoding.of(form, weights, product(path));
          yield () -> new DocumentPass(network);
        }
      }
      case Layers form -> {
        LayersNetwork network = layers(checkpoint, form, path, prefix);
        yield () -> new LayersDocumentPass(network);
      }
    };
  }

  private LayersNetwork layers(
      Checkpoint checkpoint, Layers form, ComputePath path, int... prefix) {
    try (Weights weights = new Weights(checkpoint, manager)) {
      return LayersNetwork.read(checkpoint, form, weights, product(path), prefix);
    }
  }

  private Function<NDArray, Linear> product(ComputePath path) {
    return switch (path) {
      case FLOAT32 -> Linear.Float32::new;
      case BFLOAT16 -> weight -> new Linear.Bfloat16(script.round(weight), script);
    };
  }

  /** Nanoseconds of the quickest of many products. */
  public long productNanos(ComputePath path, ProductSize size, int trials) {
    return PathTiming.best(manager, product(path), size, trials);
  }

  @Override
  public void close() {
    manager.close();
  }
}
