package dev.cairn.model;

import dev.cairn.kernel.Kernel;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Chooses the next token from logits. */
final class Sampler {

  private static final Kernel KERNEL = Kernel.fastest();

  private final Sampling sampling;
  private final SplittableRandom random;

  Sampler(Sampling sampling) {
    this.sampling = sampling;
    this.random = new SplittableRandom(sampling.seed());
  }

  /**
   * @param logits one of each vocabulary id, from logitsAt on
   */
  int next(float[] logits, int logitsAt, int vocabulary) {
    return sampling.temperature() == 0
        ? likeliest(logits, logitsAt, vocabulary)
        : draw(Arrays.copyOfRange(logits, logitsAt, logitsAt + vocabulary));
  }

  /** The lowest id of the highest logit. */
  private static int likeliest(float[] logits, int logitsAt, int vocabulary) {
    int best = 0;
    float highest = logits[logitsAt];
    for (int id = 1; id < vocabulary; id++) {
      if (logits[logitsAt + id] > highest) {
        highest = logits[logitsAt + id];
        best = id;
      }
    }
    return best;
  }

  private int draw(float[] logits) {
    float[] shares = shares(logits);
    return sampling.topP() == 1 ? drawFromAll(shares) : drawFromLikeliest(shares);
  }

  private int drawFromAll(float[] shares) {
    double total = 0;
    for (float share : shares) {
      total += share;
    }
    double target = random.nextDouble() * total;
    int id = 0;
    for (double passed = shares[0]; passed <= target && id < shares.length - 1; id++) {
      passed += shares[id + 1];
    }
    return id;
  }

  private int drawFromLikeliest(float[] shares) {
    int[] ids = likeliestFirst(shares);
    double total = 0;
    for (float share : shares) {
      total += share;
    }
    int count = 0;
    double nucleus = 0;
    do {
      nucleus += shares[ids[count++]];
    } while (count < ids.length && nucleus < sampling.topP() * total);
    return pick(shares, Arrays.copyOf(ids, count), random.nextDouble() * nucleus);
  }

  /** Numbers in the proportions of softmax(logits / temperature), the largest 1. */
  private float[] shares(float[] logits) {
    float highest = logits[likeliest(logits, 0, logits.length)];
    float[] shares = new float[logits.length];
    for (int id = 0; id < logits.length; id++) {
      shares[id] = (logits[id] - highest) / sampling.temperature();
    }
    KERNEL.exp(shares, 0, shares.length, 0);
    return shares;
  }

  private static int[] likeliestFirst(float[] shares) {
    long[] packed = new long[shares.length];
    for (int id = 0; id < shares.length; id++) {
      // The bits of floats that are not negative are ordered as the floats are.
      packed[id] = (long) -Float.floatToIntBits(shares[id]) << Integer.SIZE | id;
    }
    Arrays.sort(packed);
    return Arrays.stream(packed).mapToInt(entry -> (int) entry).toArray();
  }

  private static int pick(float[] shares, int[] ids, double target) {
    double passed = 0;
    for (int id : ids) {
      passed += shares[id];
      if (passed > target) {
        return id;
      }
    }
    return ids[ids.length - 1];
  }
}
