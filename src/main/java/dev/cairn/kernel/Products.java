package dev.cairn.kernel;

import java.util.Arrays;

/**
 * Products of rows with weight matrices, shared by a team of threads. Used by one caller at a time.
 */
public final class Products implements AutoCloseable {

  private final Kernel kernel;
  private final Team team;
  private final Scratch[] scratches;

  /**
   * @param threads the caller among them, at least 1
   */
  public Products(Kernel kernel, int threads) {
    this.kernel = kernel;
    this.team = new Team(threads);
    this.scratches = new Scratch[threads];
    Arrays.setAll(scratches, i -> new Scratch());
  }

  public Kernel kernel() {
    return kernel;
  }

  public Team team() {
    return team;
  }

  /**
   * y = x weight^T.
   *
   * @param x (T, i)
   * @param weight (o, i)
   * @param y (T, o), written
   */
  public void multiply(float[] x, int rows, Panels weight, float[] y) {
    team.run(
        weight.count(),
        (panel, member) -> weight.multiply(kernel, panel, x, rows, y, scratches[member]));
  }

  /** The same rows with several matrices at once, which saves the threads a meeting. */
  public void multiply(float[] x, int rows, Panels[] weights, float[][] ys) {
    int parts = 0;
    for (Panels weight : weights) {
      parts += weight.count();
    }
    team.run(parts, (part, member) -> part(part, x, rows, weights, ys, scratches[member]));
  }

  private void part(
      int part, float[] x, int rows, Panels[] weights, float[][] ys, Scratch scratch) {
    int panel = part;
    int each = 0;
    while (panel >= weights[each].count()) {
      panel -= weights[each++].count();
    }
    weights[each].multiply(kernel, panel, x, rows, ys[each], scratch);
  }

  @Override
  public void close() {
    team.close();
  }
}
