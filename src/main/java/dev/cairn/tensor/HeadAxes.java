package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import dev.cairn.model.HeadLayout;

/**
 * Divides the features of tensors into heads, and joins them again.
 *
 * <p>Axes: H query heads, Hk key-value heads, g = H / Hk, e head_dim, T places.
 */
final class HeadAxes {

  private HeadAxes() {}

  /**
   * @param x (T, H * e)
   * @return (Hk, g, T, e)
   */
  static NDArray splitQueries(HeadLayout layout, NDArray x) {
    return x.reshape(-1, layout.keyValueHeads(), layout.group(), layout.headDim()) // (T, Hk, g, e)
        .transpose(1, 2, 0, 3);
  }

  /**
   * @param x (T, Hk * e)
   * @return (Hk, T, e)
   */
  static NDArray splitKeys(HeadLayout layout, NDArray x) {
    return x.reshape(-1, layout.keyValueHeads(), layout.headDim()) // (T, Hk, e)
        .transpose(1, 0, 2);
  }

  /**
   * Puts the query heads of a key-value head into one axis with the places, so that one product
   * serves them all.
   *
   * @param x (Hk, g, T, ..)
   * @return (Hk, g * T, ..)
   */
  static NDArray fold(HeadLayout layout, NDArray x) {
    return x.reshape(layout.keyValueHeads(), -1, x.getShape().get(3));
  }

  /**
   * @param x (Hk, g * T, ..)
   * @return (Hk, g, T, ..)
   */
  static NDArray unfold(HeadLayout layout, NDArray x) {
    return x.reshape(layout.keyValueHeads(), layout.group(), -1, x.getShape().get(2));
  }

  /**
   * @param x (Hk, g * T, e)
   * @return (T, H * e)
   */
  static NDArray join(HeadLayout layout, NDArray x) {
    return unfold(layout, x)
        .transpose(2, 0, 1, 3) // (T, Hk, g, e)
        .reshape(-1, (long) layout.heads() * layout.headDim());
  }
}
