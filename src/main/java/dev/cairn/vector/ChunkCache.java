package dev.cairn.vector;

import dev.cairn.model.ModelConfig;

/**
 * One chunk in the chunk encoder: its valid tokens, and cls behind them where there is one, all of
 * which see each other. One window serves all layers, since a layer sees nothing of the one before.
 */
final class ChunkCache implements TextCache {

  private final KeyValueCache window;
  private int places;

  ChunkCache(ModelConfig config) {
    window = new KeyValueCache(config, config.chunkSize() + 1);
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
