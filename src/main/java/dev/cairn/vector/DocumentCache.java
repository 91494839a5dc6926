package dev.cairn.vector;

import dev.cairn.kernel.Team;
import dev.cairn.model.Hsa;
import java.util.Arrays;

/**
 * The windows of a document in the lower decoder, block by block. The carried tokens stand in slots
 * 0 to W - 2, those of the block behind them, and positions are the slots: they are counted afresh
 * in every block, so that what is computed does not depend on where the document was entered. Keys
 * that are carried are therefore kept unrotated as well.
 *
 * <p>Axes: W sliding_window, B tokens of a block, Hk key-value heads, e head_dim.
 */
final class DocumentCache implements TextCache {

  private final int carried; // W - 1
  private final int width; // Hk * e
  private final int headDim;
  private final KeyValueCache[] windows;
  private final float[][] keys; // (layers, (W - 1 + B) * Hk * e), not rotated
  private final RotaryEmbedding[] rotations; // (W - 1)
  private final int blockTokens;
  private boolean filled;

  DocumentCache(Hsa form) {
    carried = form.slidingWindow() - 1;
    headDim = form.decoder().heads().headDim();
    width = form.decoder().heads().keyValueWidth();
    blockTokens = form.blockTokens();
    windows = new KeyValueCache[form.lowerLayers()];
    Arrays.setAll(
        windows, layer -> new KeyValueCache(form.decoder().heads(), carried + blockTokens));
    keys = new float[windows.length][(carried + blockTokens) * width];
    rotations = new RotaryEmbedding[carried];
    Arrays.setAll(rotations, slot -> new RotaryEmbedding(form.decoder()));
    for (int slot = 0; slot < carried; slot++) {
      rotations[slot].stand(slot);
    }
  }

  /** The slot, and position, of the first token of a block. */
  int firstSlot() {
    return carried;
  }

  /** Carries what the block behind the last one sees over. Not before the first block. */
  void nextBlock(Team team) {
    filled = true;
    team.run(
        windows.length,
        (layer, member) -> {
          System.arraycopy(keys[layer], blockTokens * width, keys[layer], 0, carried * width);
          windows[layer].moveValues(blockTokens, 0, carried);
          rotateCarried(layer);
        });
  }

  private void rotateCarried(int layer) {
    float[] rotated = new float[width];
    for (int slot = 0; slot < carried; slot++) {
      for (int at = 0; at < width; at += headDim) {
        rotations[slot].apply(keys[layer], slot * width + at, rotated, at);
      }
      windows[layer].putKeys(slot, rotated, 0);
    }
  }

  @Override
  public KeyValueCache window(int layer) {
    return windows[layer];
  }

  @Override
  public int firstSeen(int slot) {
    return Math.max(filled ? 0 : carried, slot - carried);
  }

  @Override
  public void keep(int layer, int slot, float[] newKeys, float[] newValues, int at) {
    System.arraycopy(newKeys, at, keys[layer], slot * width, width);
  }
}
