package dev.cairn.tensor;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * One function of tensors in TorchScript, for what NDArray does not offer: a resource beside this
 * class, written by {@code src/main/pytorch}. Used on the native thread; gradients flow through it
 * when gradient mode is on there.
 */
final class TorchScript {

  private final PtSymbolBlock block;

  private TorchScript(PtSymbolBlock block) {
    this.block = block;
  }

  /** Loads a function by the name of its resource. It lives as long as the manager. */
  static TorchScript load(NDManager manager, String resource) {
    Model model = Model.newInstance("script", manager.getDevice(), "PyTorch");
    try (InputStream script =
        Objects.requireNonNull(TorchScript.class.getResourceAsStream(resource), resource)) {
      model.load(script);
      // The module is freed with the model, which must not be collected before.
      manager.attachInternal(NDManager.nextUid(), model);
      return new TorchScript((PtSymbolBlock) model.getBlock());
    } catch (IOException | MalformedModelException e) {
      model.close();
      throw new IllegalStateException("the engine refuses " + resource, e);
    }
  }

  /** The result belongs to the manager of the first argument. */
  NDArray apply(NDArray... arguments) {
    return IValueUtils.forward(block, new NDList(arguments), true).singletonOrThrow();
  }
}
