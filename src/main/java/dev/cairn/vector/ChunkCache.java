package dev.cairn.vector;

import dev.cairn.model.Hsa;

/**
 * One chunk in the chunk encoder: its valid tokens, and cls behind them where there is one, all of
 * which see each other. One window serves all layers, since a layer sees nothing of the one before.
 */
final class ChunkCache implements TextCache {

  private final KeyValueCache window;
  private int places;

  ChunkCache(Hsa form) {
    window = new KeyValueCache(form.decoder().heads(), form.chunk().size() + 1);
  }

  /**
   * @param count slots that are in use
   */
  void hold(int count) {
    places = count;
  }

  @Override
  public KeyValueCache window(int layer) {
    return window;
  }

  @Override
  public int firstSeen(int slot) {
    return 0;
  }

  @Override
  public int endSeen(int slot) {
    return places;
  }
}
