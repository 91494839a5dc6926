package dev.cairn.checkpoint;

/**
 * Gives the weights of a checkpoint by name, in what a back end computes with.
 *
 * @param <M> a matrix
 * @param <V> a vector, or a few of them
 */
public interface WeightSource<M, V> {

  /**
   * The weight of a linear layer, or the embedding.
   *
   * @return (outputs, inputs)
   * @throws CheckpointException when the tensor is missing or cannot be read
   */
  M matrix(String name, int outputs, int inputs);

  /**
   * Numbers that nothing is multiplied through.
   *
   * @return of these axes
   * @throws CheckpointException when the tensor is missing or cannot be read
   */
  V vector(String name, int... axes);
}
