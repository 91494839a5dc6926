package dev.cairn.vector;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.kernel.Kernel;
import dev.cairn.kernel.Products;
import dev.cairn.model.AnswerDecoder;
import dev.cairn.model.BlockPass;
import dev.cairn.model.Hsa;
import java.lang.foreign.Arena;

/**
 * A model on the processor's vectors: its weights, and the threads that share its steps. One thread
 * at a time uses what is made of it.
 */
public final class VectorEngine implements AutoCloseable {

  private final Arena arena = Arena.ofShared();
  private final Network network;
  private final Products products;

  /**
   * @param threads that share a step, at least 1
   */
  public VectorEngine(Checkpoint checkpoint, Kernel kernel, int threads) {
    network =
        switch (checkpoint.form()) {
          case Hsa form -> Network.read(checkpoint, form, arena);
        };
    products = new Products(kernel, threads);
  }

  public AnswerDecoder decoder() {
    return new VectorDecoder(network, products);
  }

  public BlockPass documentPass() {
    return new DocumentPass(network, products);
  }

  @Override
  public void close() {
    products.close();
    arena.close();
  }
}
