package dev.cairn.engine;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.kernel.Kernel;
import dev.cairn.model.AnswerDecoder;
import dev.cairn.model.BlockPass;
import dev.cairn.model.ComputePath;
import dev.cairn.model.ComputeSettings;
import dev.cairn.model.DocumentEncoder;
import dev.cairn.model.Hsa;
import dev.cairn.model.Layers;
import dev.cairn.model.ModelForm;
import dev.cairn.tensor.TensorEngine;
import dev.cairn.vector.VectorEngine;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A checkpoint's weights where they are computed with: on the processor's vectors, in tensors of a
 * device, or documents in BF16 tensors of the processor and answers on its vectors. Made, used and
 * closed on the native thread.
 *
 * @param path number format of encoding
 * @param encoders makes the encoder of one document
 * @param abstention ids whose probability is asked for before an answer; may be none
 * @param freed closed in this order
 */
record Placement(
    ComputePath path,
    Function<NativeThread, DocumentEncoder> encoders,
    AnswerDecoder decoder,
    int[] abstention,
    List<AutoCloseable> freed)
    implements AutoCloseable {

  /**
   * @throws IllegalArgumentException when there is no such device
   * @throws dev.cairn.checkpoint.CheckpointException when the weights cannot be read
   */
  static Placement load(Checkpoint checkpoint, ComputeSettings settings) {
    return settings.gpu().isPresent()
        ? inTensors(checkpoint, settings)
        : onProcessor(checkpoint, settings);
  }

  /** Of any device: the tensor engine computes on the processor as well. */
  static Placement inTensors(Checkpoint checkpoint, ComputeSettings settings) {
    TensorEngine tensors = TensorEngine.open(settings);
    try {
      ComputePath path = tensors.path(settings);
      FixedTexts texts = FixedTexts.of(checkpoint);
      TensorEngine.Loaded loaded = tensors.load(checkpoint, path, texts.prefix());
      return new Placement(
          path,
          encoders(checkpoint.form(), loaded.documentPasses()),
          loaded.decoder(),
          texts.abstention(),
          List.of(tensors));
    } catch (RuntimeException e) {
      tensors.close();
      throw e;
    }
  }

  /** The tensor engine is not loaded when the settings name FP32: it takes memory and time. */
  private static Placement onProcessor(Checkpoint checkpoint, ComputeSettings settings) {
    if (path(checkpoint.form(), settings) == ComputePath.BFLOAT16) {
      return documentsInTensors(checkpoint, settings);
    }
    FixedTexts texts = FixedTexts.of(checkpoint);
    VectorEngine engine =
        new VectorEngine(checkpoint, Kernel.fastest(), settings.threads(), texts.prefix());
    return new Placement(
        ComputePath.FLOAT32,
        encoders(checkpoint.form(), engine::documentPass),
        engine.decoder(),
        texts.abstention(),
        List.of(engine));
  }

  /** A pretrained decoder's documents are computed with the weights that its answers have. */
  private static ComputePath path(ModelForm form, ComputeSettings settings) {
    return switch (form) {
      case Hsa hsa -> path(settings);
      case Layers layers -> ComputePath.FLOAT32;
    };
  }

  private static Placement documentsInTensors(Checkpoint checkpoint, ComputeSettings settings) {
    VectorEngine engine = new VectorEngine(checkpoint, Kernel.fastest(), settings.threads());
    TensorEngine tensors = TensorEngine.open(settings);
    return new Placement(
        ComputePath.BFLOAT16,
        encoders(checkpoint.form(), tensors.documentPasses(checkpoint, ComputePath.BFLOAT16)),
        engine.decoder(),
        new int[0],
        List.of(engine, tensors));
  }

  private static Function<NativeThread, DocumentEncoder> encoders(
      ModelForm form, Supplier<BlockPass> passes) {
    return thread -> new BlockwiseEncoder(form, thread, passes);
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
