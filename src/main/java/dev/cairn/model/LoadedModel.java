package dev.cairn.model;

import dev.cairn.kernel.Kernel;
import java.util.List;
import java.util.function.Supplier;

/**
 * A checkpoint's weights where they are computed with: on the processor's vectors, in tensors of a
 * device, or documents in BF16 tensors of the processor and answers on its vectors. Made, used and
 * closed on the native thread.
 *
 * @param path number format of encoding
 * @param encoders makes the way of one document
 * @param freed closed in this order
 */
record LoadedModel(
    ComputePath path,
    Supplier<BlockPass> encoders,
    AnswerDecoder decoder,
    List<AutoCloseable> freed)
    implements AutoCloseable {

  /**
   * @throws IllegalArgumentException when there is no such device
   * @throws CheckpointException when the weights cannot be read
   */
  static LoadedModel load(Checkpoint checkpoint, ComputeSettings settings) {
    return settings.device().equals(TensorEngine.PROCESSOR)
        ? onProcessor(checkpoint, settings)
        : inTensors(checkpoint, TensorEngine.open(settings), settings);
  }

  private static LoadedModel inTensors(
      Checkpoint checkpoint, TensorEngine tensors, ComputeSettings settings) {
    try {
      ComputePath path = tensors.path(settings);
      EncodingNetwork encoding = tensors.encoding(checkpoint, path);
      AnswerDecoder decoder = new TensorDecoder(tensors.answering(checkpoint));
      return new LoadedModel(path, () -> new DocumentPass(encoding), decoder, List.of(tensors));
    } catch (RuntimeException e) {
      tensors.close();
      throw e;
    }
  }

  /** The tensor engine is not loaded when the settings name FP32: it takes memory and time. */
  private static LoadedModel onProcessor(Checkpoint checkpoint, ComputeSettings settings) {
    if (path(settings) == ComputePath.BFLOAT16) {
      return documentsInTensors(checkpoint, settings);
    }
    StepEngine engine = new StepEngine(checkpoint, Kernel.fastest(), settings.threads());
    return new LoadedModel(
        ComputePath.FLOAT32, engine::documentPass, engine.decoder(), List.of(engine));
  }

  private static LoadedModel documentsInTensors(Checkpoint checkpoint, ComputeSettings settings) {
    StepEngine engine = new StepEngine(checkpoint, Kernel.fastest(), settings.threads());
    TensorEngine tensors = TensorEngine.open(settings);
    EncodingNetwork encoding = tensors.encoding(checkpoint, ComputePath.BFLOAT16);
    return new LoadedModel(
        ComputePath.BFLOAT16,
        () -> new DocumentPass(encoding),
        engine.decoder(),
        List.of(engine, tensors));
  }

  /**
   * The number format of the settings, else the quicker one.
   *
   * @throws IllegalArgumentException when there is no such device
   */
  static ComputePath path(ComputeSettings settings) {
    if (settings.path() != null) {
      return settings.path();
    }
    try (TensorEngine tensors = TensorEngine.open(settings)) {
      return tensors.path(settings);
    }
  }

  @Override
  public void close() {
    for (AutoCloseable each : freed) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
