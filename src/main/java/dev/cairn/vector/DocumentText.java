package dev.cairn.vector;

import dev.cairn.kernel.Kernel;
import dev.cairn.model.HeadLayout;
import dev.cairn.model.Layers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A run-up and a block of a document on their way through a pretrained decoder. What later answers
 * need of the block's tokens is kept; where there are landmarks, each chunk's tokens are seen by a
 * learned row as well, to which they stand right behind the prefix.
 *
 * <p>Axes: P tokens of the prefix, S chunk_size, Hk key-value heads, e head_dim.
 */
final class DocumentText implements TextCache {

  private final Layers form;
  private final Kernel kernel;
  private final LayersNetwork network;
  private final CausalText tokens;
  private final CausalText[] chunks; // of the rows that pass together
  private final RotaryEmbedding[] places; // (S), right behind the prefix
  private int firstSlot;
  private @Nullable KeptChunks kept;

  /**
   * @param most chunks that pass together
   */
  DocumentText(LayersNetwork network, Kernel kernel, int most) {
    this.network = network;
    this.form = network.form();
    this.kernel = kernel;
    HeadLayout heads = form.decoder().heads();
    tokens = CausalText.behind(network.prefix(), heads, 0, form.layers());
    chunks = new CausalText[form.retrieval() == null ? 0 : most];
    for (int chunk = 0; chunk < chunks.length; chunk++) {
      chunks[chunk] = CausalText.behind(network.prefix(), heads, 0, form.retrievalLayers());
      chunks[chunk].reserve(form.chunk().size() + 1);
    }
    places = new RotaryEmbedding[form.chunk().size()];
    Arrays.setAll(places, place -> new RotaryEmbedding(form.decoder()));
    for (int place = 0; place < places.length; place++) {
      places[place].stand(network.prefix().filled() + place);
    }
  }

  /** Forgets the last block; what comes now is a run-up. */
  void begin() {
    tokens.rewind(network.prefix().filled());
    kept = null;
  }

  /** What comes now is the block. */
  void keepIn(KeptChunks chunksOfBlock) {
    firstSlot = tokens.filled();
    kept = chunksOfBlock;
  }

  CausalText tokens() {
    return tokens;
  }

  /** Where the learned row of a chunk stands. */
  CausalText chunk(int number) {
    return chunks[number % chunks.length];
  }

  @Override
  public KeyValueCache window(int layer) {
    return tokens.window(layer);
  }

  @Override
  public void keep(int layer, int slot, float[] keys, float[] values, int at) {
    if (kept == null) {
      return;
    }
    int token = slot - firstSlot;
    if (layer >= form.memoryStart()) {
      kept.keep(layer - form.memoryStart(), token, keys, values, at);
    }
    if (layer < form.retrievalLayers()) {
      show(layer, token, keys, values, at);
    }
  }

  /** To the learned row of its chunk. */
  private void show(int layer, int token, float[] keys, float[] values, int at) {
    HeadLayout heads = form.decoder().heads();
    float[] key = Arrays.copyOfRange(keys, at, at + heads.keyValueWidth());
    network.addKeptBias(layer, key, kernel);
    int place = token % form.chunk().size();
    for (int head = 0; head < key.length; head += heads.headDim()) {
      places[place].apply(key, head, key, head);
    }
    CausalText chunk = chunk(token / form.chunk().size());
    chunk.window(layer).put(chunk.filled() + place, key, 0, values, at);
  }
}
