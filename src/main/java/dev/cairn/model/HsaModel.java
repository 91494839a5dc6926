package dev.cairn.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cairn.kernel.Kernel;
import dev.cairn.model.NativeThread.Priority;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A loaded checkpoint: encodes documents and answers prompts from stored chunks (arXiv 2510.17196).
 * Safe for many threads; all tensor work runs on one native thread, answers before encoding.
 */
public final class HsaModel implements AutoCloseable {

  private static final Pattern CUDA = Pattern.compile("cuda:(\\d{1,3})");

  private final Checkpoint checkpoint;
  private final NativeThread thread;
  private final Loaded loaded;
  private final Generator generator;

  /**
   * What lives on the device.
   *
   * @param device as the settings name it
   * @param encoders makes a way for one document
   * @param freed closed in this order with the model
   */
  private record Loaded(
      String device,
      ComputePath path,
      Supplier<BlockPass> encoders,
      AnswerDecoder decoder,
      List<AutoCloseable> freed) {

    void close() {
      for (AutoCloseable each : freed) {
        try {
          each.close();
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private HsaModel(Checkpoint checkpoint, NativeThread thread, Loaded loaded) {
    this.checkpoint = checkpoint;
    this.thread = thread;
    this.loaded = loaded;
    this.generator = new Generator(checkpoint.config(), loaded.decoder, thread);
  }

  /**
   * Reads the weights of a checkpoint.
   *
   * @throws IllegalArgumentException when there is no such device
   * @throws CheckpointException when the weights cannot be read
   */
  public static HsaModel load(Checkpoint checkpoint, ComputeSettings settings) {
    Device device = device(settings.device());
    NativeThread thread = new NativeThread(settings.threads());
    try {
      return new HsaModel(
          checkpoint,
          thread,
          thread.call(Priority.ANSWER, () -> load(checkpoint, device, settings)));
    } catch (RuntimeException e) {
      thread.close(() -> {});
      throw e;
    }
  }

  /**
   * The number format that {@link #load} would take on this machine, without a checkpoint: that of
   * the settings, else the quicker one.
   *
   * @throws IllegalArgumentException when there is no such device
   */
  public static ComputePath timedPath(ComputeSettings settings) {
    Device device = device(settings.device());
    NativeThread thread = new NativeThread(settings.threads());
    try {
      return thread.call(Priority.ANSWER, () -> timedPath(device, settings));
    } finally {
      thread.close(() -> {});
    }
  }

  /** How answers are computed on the processor of this machine, for people. */
  public static String answersOnProcessor() {
    return "weights as stored, FP32 activations, " + Kernel.fastest().description();
  }

  private static ComputePath timedPath(Device device, ComputeSettings settings) {
    requirePresent(device);
    try (NDManager manager = NDManager.newBaseManager(device, "PyTorch")) {
      return path(manager, new Bfloat16Script(manager), settings);
    }
  }

  private static ComputePath path(
      NDManager manager, Bfloat16Script script, ComputeSettings settings) {
    if (settings.path() != null) {
      return settings.path();
    }
    return manager.getDevice().isGpu()
        ? PathTiming.ofTensors(manager, script)
        : PathTiming.ofProcessor(manager, script, settings.threads());
  }

  private static Device device(String name) {
    if (name.equals("cpu")) {
      return Device.cpu();
    }
    Matcher cuda = CUDA.matcher(name);
    if (!cuda.matches()) {
      throw new IllegalArgumentException("the device must be cpu or cuda:N, not " + name);
    }
    return Device.gpu(Integer.parseInt(cuda.group(1)));
  }

  private static Loaded load(Checkpoint checkpoint, Device device, ComputeSettings settings) {
    requirePresent(device);
    NDManager manager = NDManager.newBaseManager(device, "PyTorch");
    try {
      return device.isGpu()
          ? inTensors(checkpoint, manager, settings)
          : onProcessor(checkpoint, manager, settings);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  private static Loaded inTensors(
      Checkpoint checkpoint, NDManager manager, ComputeSettings settings) {
    Bfloat16Script script = new Bfloat16Script(manager);
    ComputePath path = path(manager, script, settings);
    EncodingNetwork encoding = encoding(checkpoint, manager, path, script);
    try (Weights weights = new Weights(checkpoint, manager)) {
      Network network = Network.of(checkpoint.config(), weights);
      return new Loaded(
          settings.device(),
          path,
          () -> new DocumentPass(encoding),
          new TensorDecoder(network),
          List.of(manager));
    }
  }

  private static Loaded onProcessor(
      Checkpoint checkpoint, NDManager manager, ComputeSettings settings) {
    Bfloat16Script script = new Bfloat16Script(manager);
    ComputePath path = path(manager, script, settings);
    StepEngine engine = new StepEngine(checkpoint, Kernel.fastest(), settings.threads());
    List<AutoCloseable> freed = List.of(engine, manager);
    if (path == ComputePath.FLOAT32) {
      return new Loaded(settings.device(), path, engine::documentPass, engine.decoder(), freed);
    }
    EncodingNetwork encoding = encoding(checkpoint, manager, path, script);
    return new Loaded(
        settings.device(), path, () -> new DocumentPass(encoding), engine.decoder(), freed);
  }

  private static EncodingNetwork encoding(
      Checkpoint checkpoint, NDManager manager, ComputePath path, Bfloat16Script script) {
    try (Weights weights = new Weights(checkpoint, manager)) {
      return EncodingNetwork.of(checkpoint.config(), weights, encodingProduct(path, script));
    }
  }

  private static void requirePresent(Device device) {
    int gpus = Engine.getEngine("PyTorch").getGpuCount();
    if (device.isGpu() && device.getDeviceId() >= gpus) {
      throw new IllegalArgumentException(
          "there is no device cuda:%d; the engine sees %d".formatted(device.getDeviceId(), gpus));
    }
  }

  private static Function<NDArray, Linear> encodingProduct(
      ComputePath path, Bfloat16Script script) {
    return switch (path) {
      case FLOAT32 -> Linear.Float32::new;
      case BFLOAT16 -> weight -> new Linear.Bfloat16(script.round(weight), script);
    };
  }

  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /** The number format of encoding: the one of the settings, else the quicker one. */
  public ComputePath path() {
    return loaded.path;
  }

  /** The device that tensors live on, as the settings name it. */
  public String device() {
    return loaded.device;
  }

  /**
   * Nanoseconds of the quickest of many products of the tensor engine in the number format of
   * encoding, on all threads: what encoding is compared with.
   */
  public long productNanos(ProductSize size, int trials) {
    return thread.call(
        Priority.ENCODING,
        () -> {
          try (NDManager manager = NDManager.newBaseManager(device(loaded.device), "PyTorch")) {
            Bfloat16Script script = new Bfloat16Script(manager);
            return PathTiming.best(manager, encodingProduct(loaded.path, script), size, trials);
          }
        });
  }

  /** A new encoder that stands before the first token of a document (or of a run-up). */
  public DocumentEncoder encoder() {
    return new BlockwiseEncoder(checkpoint.config(), thread, loaded.encoders);
  }

  /**
   * Writes an answer. Blocks until it is finished; interrupting the thread cancels it.
   *
   * @param prompt prompt ids, at least one
   * @param memory the chunks the prompt may read; may be empty
   * @param sink told of every token
   * @throws IllegalArgumentException when the prompt is empty or has an id outside of the
   *     vocabulary
   * @throws RuntimeException what the memory or the sink threw
   */
  public Generation generate(int[] prompt, ChunkMemory memory, Sampling sampling, TokenSink sink) {
    return generator.generate(prompt, memory, sampling, sink);
  }

  /** Lets the steps that wait end, then frees the weights. Later calls fail. */
  @Override
  public void close() {
    generator.close();
    thread.close(loaded::close);
  }
}
