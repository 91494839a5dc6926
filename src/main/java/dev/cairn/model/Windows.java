package dev.cairn.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;

/**
 * The windows of a stack of layers. They outlive the scope of the step that made them; a window
 * that is replaced is freed.
 */
final class Windows implements AutoCloseable {

  private final NDManager manager;
  private final List<Window> windows = new ArrayList<>();

  /**
   * Windows before the first token.
   *
   * @param carried places of each, to be hidden by the view
   */
  Windows(NDManager parent, List<DecoderLayer> layers, int carried) {
    manager = parent.newSubManager();
    for (DecoderLayer layer : layers) {
      windows.add(kept(layer.attention().emptyWindow(carried)));
    }
  }

  Window get(int layer) {
    return windows.get(layer);
  }

  void set(int layer, Window window) {
    Window replaced = windows.set(layer, kept(window));
    replaced.keys().close();
    replaced.values().close();
  }

  private Window kept(Window window) {
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
