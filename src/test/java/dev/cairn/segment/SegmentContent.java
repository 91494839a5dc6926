package dev.cairn.segment;

import dev.cairn.model.EncodedChunks;
import dev.cairn.store.StagedBlob;
import dev.cairn.tokenizer.Tokens;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/**
 * What goes into a segment, made up from a seed: any bits as keys and values, small whole numbers
 * as landmarks, so that their products are exact in F32 and often tie.
 */
public record SegmentContent(
    SegmentShape shape, EncodedChunks chunks, Tokens tokens, float[][] sentences) {

  /**
   * @param lastValid valid tokens of the last chunk
   */
  public static SegmentContent random(SegmentShape shape, int lastValid, long seed) {
    Random random = new Random(seed);
    byte[] kv = new byte[shape.chunks() * shape.form().bytes()];
    random.nextBytes(kv);
    int[] valid = new int[shape.chunks()];
    Arrays.fill(valid, shape.form().size());
    valid[valid.length - 1] = lastValid;
    return new SegmentContent(
        shape,
        new EncodedChunks(shape.chunks(), ByteBuffer.wrap(kv), landmarks(shape, random), valid),
        tokens(Arrays.stream(valid).sum(), random),
        sentences(shape, random));
  }

  private static ByteBuffer landmarks(SegmentShape shape, Random random) {
    int numbers = shape.chunks() * shape.form().landmarkDim();
    ByteBuffer landmarks =
        ByteBuffer.allocate(numbers * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < numbers; i++) {
      landmarks.putShort((short) (Float.floatToIntBits(random.nextInt(-3, 4)) >>> Short.SIZE));
    }
    return landmarks.flip();
  }

  private static Tokens tokens(int count, Random random) {
    Tokens tokens = new Tokens(new int[count], new long[count], new int[count]);
    long start = random.nextLong(1L << 40);
    for (int i = 0; i < count; i++) {
      tokens.ids()[i] = random.nextInt(1, 49_152);
      tokens.charStart()[i] = start;
      tokens.charLength()[i] = random.nextInt(1, 9);
      start += tokens.charLength()[i];
    }
    return tokens;
  }

  private static float[][] sentences(SegmentShape shape, Random random) {
    float[][] vectors = new float[shape.chunks()][shape.sentenceDim()];
    for (float[] vector : vectors) {
      double squares = 0;
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) random.nextGaussian();
        squares += vector[i] * vector[i];
      }
      for (int i = 0; i < vector.length; i++) {
        vector[i] /= (float) Math.sqrt(squares);
      }
    }
    return vectors;
  }

  public SegmentManifest write(StagedBlob blob, SegmentIdentity identity) throws IOException {
    SegmentWriter writer = new SegmentWriter(blob, identity, shape);
    writer.append(chunks, tokens);
    if (shape.sentenceDim() > 0) {
      writer.appendSentences(sentences);
    }
    return writer.finish();
  }

  /** One chunk's keys and values as the model gave them. */
  public byte[] keysValues(int chunk) {
    byte[] kv = new byte[shape.form().bytes()];
    chunks.keysValues().get(chunk * kv.length, kv);
    return kv;
  }

  /** One chunk's landmark as numbers. */
  public float[] landmark(int chunk) {
    float[] landmark = new float[shape.form().landmarkDim()];
    ByteBuffer all = chunks.landmarks().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < landmark.length; i++) {
      short stored = all.getShort((chunk * landmark.length + i) * Short.BYTES);
      landmark[i] = Float.intBitsToFloat(stored << Short.SIZE);
    }
    return landmark;
  }

  /** One chunk's tokens. */
  public Tokens tokens(int chunk) {
    int from = chunk * shape.form().size();
    int to = from + chunks.validTokens()[chunk];
    return new Tokens(
        Arrays.copyOfRange(tokens.ids(), from, to),
        Arrays.copyOfRange(tokens.charStart(), from, to),
        Arrays.copyOfRange(tokens.charLength(), from, to));
  }
}
