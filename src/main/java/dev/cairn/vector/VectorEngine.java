package dev.cairn.vector;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.kernel.Kernel;
import dev.cairn.kernel.Products;
import dev.cairn.model.AnswerDecoder;
import dev.cairn.model.BlockPass;
import dev.cairn.model.Hsa;
import dev.cairn.model.Layers;
import java.lang.foreign.Arena;
import java.util.function.Supplier;

/**
 * A model on the processor's vectors: its weights, and the threads that share its steps. One thread
 * at a time uses what is made of it.
 */
public final class VectorEngine implements AutoCloseable {

  private final Arena arena = Arena.ofShared();
  private final Products products;
  private final Supplier<AnswerDecoder> decoders;
  private final Supplier<BlockPass> passes;

  /**
   * @param threads that share a step, at least 1
   * @param prefix ids before every document and every prompt; none for forms without
   */
  public VectorEngine(Checkpoint checkpoint, Kernel kernel, int threads, int... prefix) {
    products = new Products(kernel, threads);
    switch (checkpoint.form()) {
      case Hsa form -> {
        Network network = Network.read(checkpoint, form, arena);
        decoders = () -> new VectorDecoder(network, products);
        passes = () -> new DocumentPass(network, products);
      }
      case Layers form -> {
        LayersNetwork network = LayersNetwork.read(checkpoint, form, prefix, products, arena);
        decoders = () -> new LayersDecoder(network, products);
        passes = () -> new LayersDocumentPass(network, products);
      }
    }
  }

  public AnswerDecoder decoder() {
    return decoders.get();
  }

  public BlockPass documentPass() {
    return passes.get();
  }

  @Override
  public void close() {
    products.close();
    arena.close();
  }
}
