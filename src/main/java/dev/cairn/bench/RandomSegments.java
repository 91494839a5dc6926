package dev.cairn.bench;

import dev.cairn.model.ChunkForm;
import dev.cairn.model.EncodedChunks;
import dev.cairn.model.KvFormat;
import dev.cairn.segment.Fingerprint;
import dev.cairn.segment.SegmentShape;
import dev.cairn.segment.SegmentWriter;
import dev.cairn.tokenizer.Tokens;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Full segments of random landmarks and sentence landmarks, both of the same dimension, with one
 * token a chunk. The same segments come again from the same seeds.
 */
final class RandomSegments {

  private static final int CHUNKS = Fingerprint.CHUNKS_PER_STRETCH;

  private final int dim;

  private int made;

  RandomSegments(int dim) {
    this.dim = dim;
  }

  static float[] vector(int dim, Random random) {
    float[] vector = new float[dim];
    for (int i = 0; i < dim; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  static float[] unit(int dim, Random random) {
    float[] vector = vector(dim, random);
    double squares = 0;
    for (float each : vector) {
      squares += each * each;
    }
    for (int i = 0; i < dim; i++) {
      vector[i] /= (float) Math.sqrt(squares);
    }
    return vector;
  }

  Shelf.Content next() {
    short[] landmarks = landmarks(made);
    float[][] sentences = new float[CHUNKS][];
    Random random = new Random(-made);
    Arrays.setAll(sentences, i -> unit(dim, random));
    made++;
    return (blob, identity) -> {
      SegmentWriter writer =
          new SegmentWriter(
              blob,
              identity,
              new SegmentShape(CHUNKS, new ChunkForm(1, 1, 1, 1, dim), dim, KvFormat.BF16));
      writer.append(chunks(landmarks), new Tokens(ones(), new long[CHUNKS], ones()));
      writer.appendSentences(sentences);
      return writer.finish();
    };
  }

  private EncodedChunks chunks(short[] landmarks) {
    ByteBuffer rows =
        ByteBuffer.allocate(landmarks.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    rows.asShortBuffer().put(landmarks);
    return new EncodedChunks(CHUNKS, ByteBuffer.allocate(CHUNKS * 2 * Short.BYTES), rows, ones());
  }

  private static int[] ones() {
    int[] ones = new int[CHUNKS];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** BF16 (C, r). */
  private short[] landmarks(int segment) {
    Random random = new Random(segment);
    short[] landmarks = new short[CHUNKS * dim];
    for (int i = 0; i < landmarks.length; i++) {
      int bits = Float.floatToIntBits((float) random.nextGaussian());
      landmarks[i] = (short) (bits >>> Short.SIZE);
    }
    return landmarks;
  }

  /** The k best chunks of each query among all segments made so far, by sums in F64. */
  List<Set<Integer>> best(float[][] queries, int k) {
    List<PriorityQueue<Map.Entry<Integer, Double>>> best = new ArrayList<>();
    for (int i = 0; i < queries.length; i++) {
      best.add(new PriorityQueue<>(Comparator.comparingDouble(Map.Entry::getValue)));
    }
    for (int segment = 0; segment < made; segment++) {
      float[] landmarks = widened(landmarks(segment));
      for (int i = 0; i < queries.length; i++) {
        offer(queries[i], landmarks, segment * CHUNKS, k, best.get(i));
      }
    }
    return best.stream()
        .map(each -> each.stream().map(Map.Entry::getKey).collect(Collectors.toSet()))
        .toList();
  }

  private static float[] widened(short[] landmarks) {
    float[] wide = new float[landmarks.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = Float.intBitsToFloat(landmarks[i] << Short.SIZE);
    }
    return wide;
  }

  private void offer(
      float[] query,
      float[] landmarks,
      int first,
      int k,
      PriorityQueue<Map.Entry<Integer, Double>> best) {
    for (int chunk = 0; chunk < CHUNKS; chunk++) {
      double sum = 0;
      for (int i = 0; i < dim; i++) {
        sum += (double) query[i] * landmarks[chunk * dim + i];
      }
      best.add(Map.entry(first + chunk, sum));
      if (best.size() > k) {
        best.poll();
      }
    }
  }
}
