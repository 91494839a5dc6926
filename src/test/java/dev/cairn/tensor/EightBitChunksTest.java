package dev.cairn.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.kernel.Kernel;
import dev.cairn.model.AnswerDecoder;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.ExactChunkMemory;
import dev.cairn.model.ForwardingMemory;
import dev.cairn.model.Golden;
import dev.cairn.model.Hsa;
import dev.cairn.model.KvLayout;
import dev.cairn.model.StoredChunk;
import dev.cairn.vector.VectorEngine;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Chunks in eight bits are read as the numbers that they stand for. The scales here are powers of
 * two, so that BF16 holds the same numbers and not a bit may differ.
 *
 * <p>Axes: Hm memory_kv_heads, S chunk_size, e head_dim.
 */
class EightBitChunksTest {

  private static final Checkpoint CHECKPOINT = Golden.checkpoint("tiny");
  private static final Hsa FORM = (Hsa) CHECKPOINT.form();
  private static final int CHUNKS = 9;
  private static final int OF_HEAD = FORM.chunk().size() * FORM.chunk().headDim();
  private static final int HEADS = 2 * FORM.chunk().heads();
  private static final int[] PROMPT =
      new Random(5).ints(40, 3, FORM.decoder().vocabSize()).toArray();

  private final ExactChunkMemory wide = new ExactChunkMemory(FORM.chunk());
  private final byte[][] numbers = new byte[CHUNKS][HEADS * OF_HEAD];

  EightBitChunksTest() {
    Random random = new Random(1);
    for (byte[] chunk : numbers) {
      random.nextBytes(chunk);
      float[] values = new float[chunk.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = chunk[i] * scale(i / OF_HEAD);
      }
      float[] landmark = new float[FORM.chunk().landmarkDim()];
      for (int i = 0; i < landmark.length; i++) {
        landmark[i] = (float) random.nextGaussian();
      }
      int half = values.length / 2;
      wide.add(
          Arrays.copyOf(values, half),
          Arrays.copyOfRange(values, half, values.length),
          landmark,
          new int[] {FORM.chunk().size()});
    }
  }

  private static float scale(int head) {
    return 1f / (32 << head);
  }

  /** The same chunks in eight bits. */
  private final class EightBits extends ForwardingMemory {

    EightBits() {
      super(wide);
    }

    @Override
    public StoredChunk[] hold(int[] chunks) {
      return Arrays.stream(chunks)
          .mapToObj(chunk -> new EightBitChunk(MemorySegment.ofArray(numbers[chunk]), scales()))
          .toArray(StoredChunk[]::new);
    }

    private static MemorySegment scales() {
      ByteBuffer scales = ByteBuffer.allocate(HEADS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (int head = 0; head < HEADS; head++) {
        scales.putFloat(scale(head));
      }
      return MemorySegment.ofBuffer(scales.flip());
    }
  }

  private record EightBitChunk(MemorySegment keysValues, @Nullable MemorySegment scales)
      implements StoredChunk {

    @Override
    public KvLayout layout() {
      return KvLayout.HEAD_SCALES;
    }

    @Override
    public int validTokens() {
      return FORM.chunk().size();
    }

    @Override
    public void close() {}
  }

  @Test
  void onTheProcessor() {
    for (Kernel kernel : new Kernel[] {Kernel.fastest(), Kernel.scalar()}) {
      try (VectorEngine engine = new VectorEngine(CHECKPOINT, kernel, 1)) {
        assertSameLogits(engine.decoder());
      }
    }
  }

  @Test
  void inTensors() {
    try (TestNetwork model = TestNetwork.float32(CHECKPOINT)) {
      model.inScope(
          () -> {
            assertSameLogits(new TensorDecoder(model.network));
            return null;
          });
    }
  }

  private void assertSameLogits(AnswerDecoder decoder) {
    assertThat(logits(decoder, new EightBits())).isEqualTo(logits(decoder, wide));
  }

  private static float[] logits(AnswerDecoder decoder, ChunkMemory memory) {
    try (DecoderRun run = new DecoderRun(decoder, memory)) {
      return run.read(7, PROMPT);
    }
  }
}
