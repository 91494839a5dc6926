package dev.cairn.model;

import dev.cairn.kernel.Kernel;
import dev.cairn.kernel.Products;
import java.lang.foreign.Arena;

/**
 * A model on the processor's vectors: its weights, and the threads that share its steps. One thread
 * at a time uses what is made of it.
 */
final class StepEngine implements AutoCloseable {

  private final Arena arena = Arena.ofShared();
  private final StepNetwork network;
  private final Products products;

  /**
   * @param threads that share a step, at least 1
   */
  StepEngine(Checkpoint checkpoint, Kernel kernel, int threads) {
    network = StepWeights.read(checkpoint, arena);
    products = new Products(kernel, threads);
  }

  StepDecoder decoder() {
    return new StepDecoder(network, products);
  }

  StepPass documentPass() {
    return new StepPass(network, products);
  }

  @Override
  public void close() {
    products.close();
    arena.close();
  }
}
