package dev.cairn.kernel;

/** The size of a product of a (rows, in) matrix with a weight matrix (out, in). */
public record ProductSize(int rows, int in, int out) {

  /** Multiplications and additions. */
  public double operations() {
    return 2.0 * rows * in * out;
  }
}
