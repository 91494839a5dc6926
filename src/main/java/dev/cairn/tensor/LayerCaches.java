package dev.cairn.tensor;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;

/**
 * The windows of a stack of layers. They outlive the scope of the step that made them; a window
 * that is replaced is freed.
 */
final class LayerCaches implements AutoCloseable {

  private final NDManager manager;
  private final List<KeyValueCache> windows = new ArrayList<>();

  /**
   * Windows before the first token.
   *
   * @param carried places of each, to be hidden by the view
   */
  LayerCaches(NDManager parent, List<DecoderLayer> layers, int carried) {
    manager = parent.newSubManager();
    for (DecoderLayer layer : layers) {
      windows.add(kept(layer.attention().emptyWindow(carried)));
    }
  }

  KeyValueCache get(int layer) {
    return windows.get(layer);
  }

  void set(int layer, KeyValueCache window) {
    KeyValueCache replaced = windows.set(layer, kept(window));
    replaced.keys().close();
    replaced.values().close();
  }

  private KeyValueCache kept(KeyValueCache window) {
    NDScope.unregister(window.keys(), window.values());
    window.keys().attach(manager);
    window.values().attach(manager);
    return window;
  }

  /** Tokens that each window carries. */
  int tokens() {
    return Math.toIntExact(windows.getFirst().tokens());
  }

  @Override
  public void close() {
    manager.close();
  }
}
