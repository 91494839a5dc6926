package dev.cairn.engine;

import dev.cairn.kernel.Kernel;
import dev.cairn.model.Sampling;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Chooses the next token from logits. */
public final class Sampler {

  private static final Kernel KERNEL = Kernel.fastest();

  /** Shares whose sum is known while an id is sought. */
  private static final int STRETCH = 256;

  private final Sampling sampling;
  private final SplittableRandom random;

  public Sampler(Sampling sampling) {
    this.sampling = sampling;
    this.random = new SplittableRandom(sampling.seed());
  }

  /**
   * @param logits one of each vocabulary id, from logitsAt on
   */
  public int next(float[] logits, int logitsAt, int vocabulary) {
    float highest = KERNEL.highest(logits, logitsAt, vocabulary);
    if (sampling.temperature() == 0) {
      return first(highest, logits, logitsAt, vocabulary);
    }
    float[] shares = shares(logits, logitsAt, vocabulary, highest);
    return sampling.topP() == 1 ? drawFromAll(shares) : drawFromLikeliest(shares);
  }

  /**
   * Natural logarithm of an id's share of softmax(logits).
   *
   * @param logits one of each vocabulary id, from logitsAt on
   */
  static float logProbability(float[] logits, int logitsAt, int vocabulary, int id) {
    float highest = KERNEL.highest(logits, logitsAt, vocabulary);
    float[] shares = Arrays.copyOfRange(logits, logitsAt, logitsAt + vocabulary);
    KERNEL.exp(shares, 0, vocabulary, highest);
    double sum = 0;
    for (int from = 0; from < vocabulary; from += STRETCH) {
      sum += sum(shares, from);
    }
    return (float) (logits[logitsAt + id] - highest - Math.log(sum));
  }

  /** The lowest id that has the logit; 0 when none has, since it is no number. */
  private static int first(float logit, float[] logits, int logitsAt, int vocabulary) {
    for (int id = 0; id < vocabulary; id++) {
      if (logits[logitsAt + id] == logit) {
        return id;
      }
    }
    return 0;
  }

  private int drawFromAll(float[] shares) {
    double[] stretches = new double[Math.ceilDiv(shares.length, STRETCH)];
    double total = 0;
    for (int i = 0; i < stretches.length; i++) {
      stretches[i] = sum(shares, i * STRETCH);
      total += stretches[i];
    }
    double left = random.nextDouble() * total;
    int stretch = 0;
    while (stretch < stretches.length - 1 && left >= stretches[stretch]) {
      left -= stretches[stretch++];
    }
    int id = stretch * STRETCH;
    for (left -= shares[id]; left >= 0 && id < shares.length - 1; left -= shares[id]) {
      id++;
    }
    return id;
  }

  /** Of the shares from a place on, a stretch at most. Two sums do not wait for each other. */
  private static double sum(float[] shares, int from) {
    int end = Math.min(shares.length, from + STRETCH);
    double even = 0;
    double odd = 0;
    for (int id = from; id + 1 < end; id += 2) {
      even += shares[id];
      odd += shares[id + 1];
    }
    return even + odd + ((end - from) % 2 == 0 ? 0 : shares[end - 1]);
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
  private float[] shares(float[] logits, int logitsAt, int vocabulary, float highest) {
    float[] shares = new float[vocabulary];
    for (int id = 0; id < vocabulary; id++) {
      shares[id] = (logits[logitsAt + id] - highest) / sampling.temperature();
    }
    KERNEL.exp(shares, 0, vocabulary, 0);
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
