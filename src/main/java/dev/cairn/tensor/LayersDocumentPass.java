package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.cairn.kernel.Bfloat16;
import dev.cairn.model.BlockPass;
import dev.cairn.model.ChunkForm;
import dev.cairn.model.EncodedChunks;
import dev.cairn.model.Layers;
import dev.cairn.model.RunUp;
import dev.cairn.tensor.RotaryEmbedding.Rotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One document on its way through a pretrained decoder: each block in one causal pass over prefix,
 * run-up and block, so that it depends on nothing else. Where there are landmarks, a learned row of
 * each chunk passes along, which sees the chunk's tokens right behind the prefix. On the native
 * thread only; {@link #chunks} inside a scope that frees the results.
 *
 * <p>Axes: u tokens of the run-up, T tokens of the block, c its chunks, A = u + T + c rows, S
 * chunk_size, d hidden_size, R retrieval_layer, r retrieval_dim, layers whose keys and values are
 * kept, P tokens of the prefix, Hk key-value heads, e head_dim.
 */
final class LayersDocumentPass implements BlockPass {

  private final LayersNetwork network;
  private final Layers form;
  private final RunUp before;
  private final TextSlots document; // one text
  private final TextSlots chunks; // one text of each chunk

  LayersDocumentPass(LayersNetwork network) {
    this.network = network;
    this.form = network.form();
    this.before = new RunUp(form);
    this.document = network.prefix().behind(0, form.layers());
    this.chunks = network.prefix().behind(0, form.retrievalLayers());
  }

  /**
   * What is stored of a block.
   *
   * @param keysValues (c, layers, 2, Hk, S, e), zeros where no token stands
   * @param landmarks (c, r); null when there are none
   */
  record Encoded(NDArray keysValues, @Nullable NDArray landmarks) {}

  @Override
  public void runUp(int[] ids, Runnable betweenLayers) {
    before.pass(ids);
  }

  @Override
  public EncodedChunks encode(int[] ids, Runnable betweenLayers) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Encoded encoded = chunks(ids, betweenLayers);
      int[] validTokens = form.chunk().validTokens(ids.length);
      float[] landmarks =
          encoded.landmarks == null ? new float[0] : encoded.landmarks.toFloatArray();
      return new EncodedChunks(
          validTokens.length,
          Bfloat16.round(encoded.keysValues.toFloatArray()),
          Bfloat16.round(landmarks),
          validTokens);
    }
  }

  /**
   * @param ids 1 to a block's ids
   */
  Encoded chunks(int[] ids, Runnable betweenLayers) {
    Encoded encoded = new Block(ids).encode(betweenLayers);
    before.pass(ids);
    return encoded;
  }

  /** A block behind its run-up, in one pass. */
  private final class Block implements CausalLayer.KeptRows {

    private final int[] ids; // (T)
    private final int[] validTokens; // (c)
    private final int tokens; // u + T
    private final NDIndex ofBlock; // its rows
    private final NDList kept = new NDList(); // of each layer that is kept: (c, 2, Hk, S, e)
    private final Rotation inChunk; // of T rows
    private final TextSlots.Where inChunks; // (T)

    Block(int[] ids) {
      this.ids = ids;
      this.validTokens = form.chunk().validTokens(ids.length);
      this.tokens = before.count() + ids.length;
      this.ofBlock = new NDIndex().addSliceDim(before.count(), tokens);
      int size = form.chunk().size();
      int[] places =
          IntStream.range(0, ids.length).map(i -> network.prefixTokens() + i % size).toArray();
      int[] numbers = IntStream.range(0, ids.length).map(i -> i / size).toArray();
      NDManager manager = network.manager();
      this.inChunk =
          Rotation.of(manager, form.chunk().headDim(), form.decoder().rope(), places).ofHeads();
      this.inChunks = TextSlots.Where.of(manager, numbers, places);
    }

    Encoded encode(Runnable betweenLayers) {
      document.reserve(1, network.prefixTokens() + tokens);
      List<TextGroup> groups = TextGroup.ofText(document, 0, network.prefixTokens(), tokens);
      NDArray rows = network.embed(before.before(ids)); // (u + T, d)
      LandmarkRows cls = network.cls();
      if (cls == null) {
        pass(rows, 0, network.step(groups, this), betweenLayers);
        return new Encoded(stored(), null);
      }
      NDArray passed =
          passWithLearned(cls, cls.behind(rows, validTokens.length), groups, betweenLayers);
      NDArray landmarks = cls.landmarks(passed, tokens); // (c, r)
      NDArray others = passed.get(new NDIndex().addSliceDim(0, tokens)); // (u + T, d)
      pass(others, form.retrievalLayers(), network.step(groups, this), betweenLayers);
      return new Encoded(stored(), landmarks);
    }

    /** (A, d) to (A, d), in the layers before R. */
    private NDArray passWithLearned(
        LandmarkRows cls, NDArray rows, List<TextGroup> groups, Runnable betweenLayers) {
      CausalLayer.Step step = network.step(withLearned(groups), this);
      NDArray stream = rows;
      for (int number = 0; number < form.retrievalLayers(); number++) {
        cls.beforeLayer(stream, tokens, number);
        stream = network.layers().get(number).apply(number, stream, step);
        betweenLayers.run();
      }
      return stream;
    }

    private List<TextGroup> withLearned(List<TextGroup> groups) {
      int count = validTokens.length;
      chunks.reserve(count, network.prefixTokens() + form.chunk().size() + 1);
      int[] numbers = IntStream.range(0, count).toArray();
      int[] places =
          Arrays.stream(validTokens).map(valid -> network.prefixTokens() + valid).toArray();
      List<TextGroup> all = new ArrayList<>(groups);
      all.add(new TextGroup(chunks, numbers, places, 1));
      return all;
    }

    /** The last layer has its keys and values only: nobody needs its output. */
    private void pass(NDArray rows, int from, CausalLayer.Step step, Runnable betweenLayers) {
      NDArray stream = rows;
      for (int number = from; number < form.layers(); number++) {
        CausalLayer layer = network.layers().get(number);
        if (number == form.layers() - 1) {
          layer.remember(number, stream, step);
        } else {
          stream = layer.apply(number, stream, step); // (u + T, d)
        }
        betweenLayers.run();
      }
    }

    @Override
    public void keep(int layer, NDArray keys, NDArray values) {
      NDArray ofTokens = keys.get(ofBlock); // (T, Hk, e)
      if (layer < form.retrievalLayers()) {
        NDArray rotated = inChunk.apply(network.layers().get(layer).withKeptBias(ofTokens));
        chunks.put(layer, inChunks, rotated, values.get(ofBlock));
      }
      if (layer >= form.memoryStart()) {
        NDArray both = byChunk(ofTokens).stack(byChunk(values.get(ofBlock)), 1);
        kept.add(both); // (c, 2, Hk, S, e)
      }
    }

    /** (T, Hk, e) to (c, Hk, S, e). */
    private NDArray byChunk(NDArray ofTokens) {
      ChunkForm chunk = form.chunk();
      int missing = validTokens.length * chunk.size() - ids.length;
      Shape empty = new Shape(missing, chunk.heads(), chunk.headDim());
      NDArray whole =
          missing == 0 ? ofTokens : ofTokens.concat(ofTokens.getManager().zeros(empty), 0);
      return whole
          .reshape(validTokens.length, chunk.size(), chunk.heads(), chunk.headDim())
          .transpose(0, 2, 1, 3);
    }

    /** (c, layers, 2, Hk, S, e). */
    private NDArray stored() {
      return NDArrays.stack(kept, 1);
    }
  }

  @Override
  public void close() {
    document.close();
    chunks.close();
  }
}
