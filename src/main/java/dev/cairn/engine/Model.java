package dev.cairn.engine;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.engine.NativeThread.Priority;
import dev.cairn.kernel.Kernel;
import dev.cairn.kernel.ProductSize;
import dev.cairn.model.AnswerWriter;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.ComputePath;
import dev.cairn.model.ComputeSettings;
import dev.cairn.model.DocumentEncoder;
import dev.cairn.model.Generation;
import dev.cairn.model.ModelForm;
import dev.cairn.model.Sampling;
import dev.cairn.model.TokenSink;
import dev.cairn.tensor.TensorEngine;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;

/**
 * A loaded checkpoint: encodes documents and answers prompts from stored chunks. Safe for many
 * threads; all steps run on one thread, those of answers before those of encoding.
 */
public final class Model implements AnswerWriter, AutoCloseable {

  private final Checkpoint checkpoint;
  private final ComputeSettings settings;
  private final NativeThread thread;
  private final Placement loaded;
  private final Generator generator;

  private Model(
      Checkpoint checkpoint, ComputeSettings settings, NativeThread thread, Placement loaded) {
    this.checkpoint = checkpoint;
    this.settings = settings;
    this.thread = thread;
    this.loaded = loaded;
    this.generator =
        new Generator(checkpoint.form(), loaded.decoder(), thread, loaded.abstention());
  }

  /**
   * Reads the weights of a checkpoint.
   *
   * @throws IllegalArgumentException when there is no such device
   * @throws dev.cairn.checkpoint.CheckpointException when the weights cannot be read
   */
  public static Model load(Checkpoint checkpoint, ComputeSettings settings) {
    return load(checkpoint, settings, Placement::load);
  }

  static Model load(
      Checkpoint checkpoint,
      ComputeSettings settings,
      BiFunction<Checkpoint, ComputeSettings, Placement> placement) {
    NativeThread thread = new NativeThread();
    try {
      Placement loaded = thread.call(Priority.ANSWER, () -> placement.apply(checkpoint, settings));
      return new Model(checkpoint, settings, thread, loaded);
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
    return once(() -> Placement.path(settings));
  }

  private static <T> T once(Callable<T> work) {
    NativeThread thread = new NativeThread();
    try {
      return thread.call(Priority.ANSWER, work);
    } finally {
      thread.close(() -> {});
    }
  }

  /** How answers are computed on the processor of this machine, for people. */
  public static String answersOnProcessor() {
    return "weights as stored, FP32 activations, " + Kernel.fastest().description();
  }

  public Checkpoint checkpoint() {
    return checkpoint;
  }

  public ModelForm form() {
    return checkpoint.form();
  }

  /** The number format of encoding: the one of the settings, else the quicker one. */
  public ComputePath path() {
    return loaded.path();
  }

  /** What computes, as the settings name it. */
  public String device() {
    return settings.device();
  }

  /**
   * Nanoseconds of the quickest of many products of the tensor engine in the number format of
   * encoding, on all threads: what encoding is compared with.
   */
  public long productNanos(ProductSize size, int trials) {
    return once(
        () -> {
          try (TensorEngine tensors = TensorEngine.open(settings)) {
            return tensors.productNanos(path(), size, trials);
          }
        });
  }

  /** A new encoder that stands before the first token of a document (or of a run-up). */
  public DocumentEncoder encoder() {
    return loaded.encoders().apply(thread);
  }

  @Override
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
