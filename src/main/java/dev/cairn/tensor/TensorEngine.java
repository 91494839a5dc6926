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
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tensor engine on one device. Opened and used on the native thread. */
public final class TensorEngine implements AutoCloseable {

  public static final String PROCESSOR = "cpu";

  private static final String ENGINE = "PyTorch";
  private static final Pattern CUDA = Pattern.compile("cuda:(\\d{1,3})");

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
    Device device = device(settings.device());
    prepareThread(settings.threads());
    int gpus = Engine.getEngine(ENGINE).getGpuCount();
    if (device.isGpu() && device.getDeviceId() >= gpus) {
      throw new IllegalArgumentException(
          "there is no device cuda:%d; the engine sees %d".formatted(device.getDeviceId(), gpus));
    }
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

  /**
   * @throws IllegalArgumentException when it is neither cpu nor cuda:N
   */
  public static void requireName(String device) {
    device(device);
  }

  private static Device device(String name) {
    if (name.equals(PROCESSOR)) {
      return Device.cpu();
    }
    Matcher cuda = CUDA.matcher(name);
    if (!cuda.matches()) {
      throw new IllegalArgumentException("the device must be cpu or cuda:N, not " + name);
    }
    return Device.gpu(Integer.parseInt(cuda.group(1)));
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

  /** What documents pass; lives as long as the engine. */
  public Supplier<BlockPass> documentPasses(Checkpoint checkpoint, ComputePath path) {
    try (Weights weights = new Weights(checkpoint, manager)) {
      return switch (checkpoint.form()) {
        case Hsa form -> {
          EncodingNetwork network = EncodingNetwork.of(form, weights, product(path));
          yield () -> new DocumentPass(network);
        }
      };
    }
  }

  /** What prompts pass; lives as long as the engine. */
  public AnswerDecoder decoder(Checkpoint checkpoint) {
    try (Weights weights = new Weights(checkpoint, manager)) {
      return switch (checkpoint.form()) {
        case Hsa form -> new TensorDecoder(Network.of(form, weights));
      };
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
