package dev.cairn.vector;

/**
 * Adds up how one token's attention goes to the stored tokens that it reads. Key-value heads are
 * kept apart, so that several threads may add.
 *
 * <p>Axes: Hk key-value heads, n stored tokens.
 */
final class MemoryMass {

  private final int firstSlot;
  private final float[][] ofHead; // (Hk, n)

  /**
   * @param firstSlot of the stored tokens
   * @param tokens n
   */
  MemoryMass(int heads, int firstSlot, int tokens) {
    this.firstSlot = firstSlot;
    this.ofHead = new float[heads][tokens];
  }

  /**
   * One query head of a layer.
   *
   * @param weights not yet divided; that of slot 0 stands at weightsAt
   */
  void add(int keyValueHead, float[] weights, int weightsAt, float divisor) {
    float[] sums = ofHead[keyValueHead];
    for (int token = 0; token < sums.length; token++) {
      sums[token] += weights[weightsAt + firstSlot + token] / divisor;
    }
  }

  /**
   * The mean over layers and query heads, (n).
   *
   * @param count layers times query heads
   */
  float[] mean(int count) {
    float[] mean = new float[ofHead[0].length];
    for (float[] sums : ofHead) {
      for (int token = 0; token < mean.length; token++) {
        mean[token] += sums[token] / count;
      }
    }
    return mean;
  }
}
