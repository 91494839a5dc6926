package dev.cairn.vector;

import dev.cairn.kernel.Products;
import dev.cairn.model.ChunkForm;
import dev.cairn.model.HeadLayout;
import dev.cairn.model.Layers;
import dev.cairn.model.StoredChunk;
import java.util.Arrays;

/**
 * Lays chosen chunks out in a text, one behind the other: keys get back the bias that they were
 * stored without, and are rotated to where they stand now.
 *
 * <p>Axes: Lm memory layers, Hk key-value heads, S chunk_size, e head_dim.
 */
final class LayOutChunks {

  private final LayersNetwork network;
  private final Layers form;
  private final ChunkForm chunkForm;
  private final HeadLayout heads;
  private final Products products;
  private final float[][] numbers; // (members, Lm * 2 * Hk * S * e)
  private final float[][] keys; // (members, Hk * e)
  private final float[][] values; // (members, Hk * e)
  private final RotaryEmbedding[] rotations; // (members)

  LayOutChunks(LayersNetwork network, Products products) {
    this.network = network;
    this.form = network.form();
    this.chunkForm = form.chunk();
    this.heads = form.decoder().heads();
    this.products = products;
    int members = products.team().members();
    numbers = new float[members][chunkForm.numbers()];
    keys = new float[members][heads.keyValueWidth()];
    values = new float[members][heads.keyValueWidth()];
    rotations = new RotaryEmbedding[members];
    Arrays.setAll(rotations, member -> new RotaryEmbedding(form.decoder()));
  }

  /**
   * @param chunks in reading order
   * @return how many tokens each has
   */
  int[] layOut(CausalText text, StoredChunk[] chunks) {
    int[] valid = Arrays.stream(chunks).mapToInt(StoredChunk::validTokens).toArray();
    int[] slots = new int[chunks.length];
    int end = text.filled();
    for (int i = 0; i < chunks.length; i++) {
      slots[i] = end;
      end += valid[i];
    }
    text.reserve(end - text.filled());
    products.team().run(chunks.length, (i, member) -> layOut(text, chunks[i], slots[i], member));
    text.advance(end - text.filled());
    return valid;
  }

  private void layOut(CausalText text, StoredChunk chunk, int firstSlot, int member) {
    chunk.widen(numbers[member], products.kernel());
    for (int token = 0; token < chunk.validTokens(); token++) {
      rotations[member].stand(firstSlot + token);
      for (int layer = 0; layer < chunkForm.layers(); layer++) {
        put(text, layer, token, firstSlot + token, member);
      }
    }
  }

  /**
   * @param layer counted from m
   */
  private void put(CausalText text, int layer, int token, int slot, int member) {
    int e = heads.headDim();
    float[] key = keys[member];
    for (int head = 0; head < heads.keyValueHeads(); head++) {
      System.arraycopy(numbers[member], chunkForm.place(layer, 0, head, token), key, head * e, e);
      System.arraycopy(
          numbers[member], chunkForm.place(layer, 1, head, token), values[member], head * e, e);
    }
    network.addKeptBias(form.memoryStart() + layer, key, products.kernel());
    for (int at = 0; at < key.length; at += e) {
      rotations[member].apply(key, at, key, at);
    }
    text.window(form.memoryStart() + layer).put(slot, key, 0, values[member], 0);
  }
}
