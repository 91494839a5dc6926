package dev.cairn.recall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.kernel.EightBits;
import dev.cairn.kernel.ScanKernel;
import dev.cairn.model.ChunkForm;
import dev.cairn.model.KvFormat;
import dev.cairn.model.StoredChunk;
import dev.cairn.safetensors.SafetensorsFile;
import dev.cairn.safetensors.TensorEntry;
import dev.cairn.safetensors.TensorType;
import dev.cairn.segment.QuantizedKeysValues;
import dev.cairn.segment.SegmentBytes;
import dev.cairn.segment.SegmentContent;
import dev.cairn.segment.SegmentFile;
import dev.cairn.segment.SegmentShape;
import dev.cairn.segment.SegmentSummary;
import dev.cairn.store.LocalBlobStore;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class QuantizedKeysValuesTest {

  private static final float LARGEST_BF16 = Float.intBitsToFloat(0x7f7f0000);

  private static final float SMALLEST_BF16 = Float.intBitsToFloat(0x00010000);

  @TempDir private Path folder;

  private static SegmentShape shape(int heads, int chunkSize, int headDim) {
    return new SegmentShape(1, new ChunkForm(chunkSize, 1, heads, headDim, 4), 0, KvFormat.INT8);
  }

  /** What is stored of numbers of a chunk whose places all hold tokens, as it is read back. */
  private static float[] storedAndRead(SegmentShape shape, float... numbers) {
    return partlyStoredAndRead(shape, shape.form().size(), numbers);
  }

  private static float[] partlyStoredAndRead(
      SegmentShape shape, int validTokens, float... numbers) {
    ByteBuffer bytes =
        ByteBuffer.allocate(numbers.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : numbers) {
      bytes.putShort((short) (Float.floatToRawIntBits(number) >>> Short.SIZE));
    }
    ByteBuffer stored = ByteBuffer.allocate(shape.chunkBytes());
    ByteBuffer scales =
        ByteBuffer.allocate(8 * shape.form().heads()).order(ByteOrder.LITTLE_ENDIAN);
    QuantizedKeysValues.quantize(bytes.flip(), shape, validTokens, stored, scales);
    assertThat(stored.remaining() + scales.remaining()).isZero();
    return read(MemorySegment.ofBuffer(stored.flip()), MemorySegment.ofBuffer(scales.flip()));
  }

  private static float[] read(MemorySegment numbers, MemorySegment scales) {
    ValueLayout.OfFloat layout =
        ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    float[] read = new float[(int) numbers.byteSize()];
    long ofHead = read.length / (scales.byteSize() / Float.BYTES);
    for (int i = 0; i < read.length; i++) {
      read[i] =
          numbers.get(ValueLayout.JAVA_BYTE, i) * scales.get(layout, i / ofHead * Float.BYTES);
    }
    return read;
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "3, 5, 7", "2, 64, 3", "3, 1, 64"})
  void everyNumberIsWithinHalfAStepOfItsHead(int heads, int chunkSize, int headDim) {
    SegmentShape shape = shape(heads, chunkSize, headDim);
    float[] numbers = new float[2 * heads * chunkSize * headDim];
    Random random = new Random(1);
    int ofHead = chunkSize * headDim;
    for (int i = 0; i < numbers.length; i++) {
      float wide = (float) (random.nextGaussian() * Math.pow(10, (double) i / ofHead));
      numbers[i] = Float.intBitsToFloat(Float.floatToRawIntBits(wide) & 0xffff0000);
    }
    float[] read = storedAndRead(shape, numbers);
    for (int i = 0; i < numbers.length; i++) {
      int head = i / ofHead * ofHead;
      float step = EightBits.scale(Arrays.copyOfRange(numbers, head, head + ofHead));
      assertThat(Math.abs(read[i] - numbers[i])).isLessThanOrEqualTo(step * 0.501f);
    }
  }

  @Test
  void aChunkOfZerosStaysOne() {
    assertThat(storedAndRead(shape(2, 2, 2), new float[16])).containsOnly(0);
  }

  @Test
  void aHeadOfZerosLeavesTheOthersAsTheyAre() {
    assertThat(storedAndRead(shape(1, 1, 2), 0, 0, 127, -1)).containsExactly(0, 0, 127, -1);
  }

  @Test
  void theLargestNumbersStayFinite() {
    float[] read = storedAndRead(shape(1, 1, 2), LARGEST_BF16, -LARGEST_BF16, 1, 0);
    assertThat(read[0]).isFinite().isGreaterThan(0.999f * LARGEST_BF16);
    assertThat(read[1]).isFinite().isLessThan(-0.999f * LARGEST_BF16);
  }

  @Test
  void theSmallestNumbersNeverGrowOrTurn() {
    for (float number : new float[] {SMALLEST_BF16, Float.MIN_NORMAL, 3 * SMALLEST_BF16}) {
      float[] read = storedAndRead(shape(1, 1, 2), number, -number, 0, 0);
      assertThat(read[0]).isBetween(0f, number * 1.01f);
      assertThat(read[1]).isBetween(-number * 1.01f, 0f);
    }
  }

  @Test
  void aNumberThatIsNoneSpoilsItsHeadAlone() {
    for (float none : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] read = storedAndRead(shape(1, 1, 2), none, 1, 127, 2);
      assertThat(read[0]).isNaN();
      assertThat(Arrays.copyOfRange(read, 2, 4)).containsExactly(127, 2);
    }
  }

  @Test
  void whatStandsWhereNoTokenIsHasNoEffect() {
    float[] read =
        partlyStoredAndRead(shape(1, 2, 2), 1, 1, 127, 5e9f, Float.NaN, 127, 3, -7e9f, 0);
    assertThat(read).containsExactly(1, 127, 0, 0, 127, 3, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1_000_000})
  void aQuestionReadsNumbersAndScales(int chunkCache) throws IOException {
    SegmentShape shape = new SegmentShape(1, new ChunkForm(4, 1, 3, 5, 6), 0, KvFormat.INT8);
    LocalBlobStore store = new LocalBlobStore(folder);
    StoredDocument document = StoredDocument.store(store, shape, 1_030, 1);
    RecallSettings settings =
        RecallSettings.of(DataSize.ofMegabytes(1), DataSize.ofBytes(chunkCache), 1);
    try (QuestionMemories memories =
            new QuestionMemories(
                store, settings, null, new PriorScales(0, 0), ScanKernel.fastest());
        QuestionMemory memory = memories.open(List.of(document.document()), PriorQuery.NONE)) {
      assertReads(memory, document, shape);
      assertReads(memory, document, shape);
      assertThat(memory.use().disk().distinctChunks()).isEqualTo(3);
      assertThat(memories.tier().usedBytes()).isEqualTo(chunkCache == 0 ? 0 : 3 * 2 * 3 * 4 * 5);
    }
  }

  private static void assertReads(
      QuestionMemory memory, StoredDocument document, SegmentShape shape) {
    int[] chunks = {1_025, 3, 1_029};
    StoredChunk[] held = memory.hold(chunks);
    for (int i = 0; i < chunks.length; i++) {
      SegmentContent content = document.contents().get(chunks[i] / 1_024);
      ByteBuffer numbers = ByteBuffer.allocate(shape.chunkBytes());
      ByteBuffer scales = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
      QuantizedKeysValues.quantize(
          ByteBuffer.wrap(content.keysValues(chunks[i] % 1_024)),
          shape,
          held[i].validTokens(),
          numbers,
          scales);
      assertThat(held[i].keysValues().asByteBuffer()).isEqualTo(numbers.flip());
      assertThat(Objects.requireNonNull(held[i].scales()).asByteBuffer()).isEqualTo(scales.flip());
      held[i].close();
    }
  }

  @Test
  void theFileSaysWhatItHolds() throws IOException {
    SegmentShape shape = new SegmentShape(5, new ChunkForm(4, 1, 3, 8, 6), 10, KvFormat.INT8);
    SegmentBytes segment =
        SegmentBytes.write(SegmentContent.random(shape, 2, 1), SegmentBytes.identity(1));
    try (SegmentFile file = SegmentFile.open(new SegmentBytes.Reader(segment.bytes()))) {
      SegmentSummary summary = file.summary();
      assertThat(summary.intact()).isTrue();
      assertThat(summary.shape()).isEqualTo(shape);
      assertThat(summary.parts())
          .contains(new SegmentSummary.Part("kv", 5 * 2 * 3 * 4 * 8, true))
          .contains(new SegmentSummary.Part("kv_scale", 5 * 2 * 3 * 4, true));
    }
    Path file = folder.resolve("segment");
    Files.write(file, segment.bytes());
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      TensorEntry keysValues = tensors.header().tensor("kv");
      assertThat(keysValues.type()).isEqualTo(TensorType.I8);
      assertThat(keysValues.hasShape(5, 2, 3, 4, 8)).isTrue();
      TensorEntry scale = tensors.header().tensor("kv_scale");
      assertThat(scale.type()).isEqualTo(TensorType.F32);
      assertThat(scale.hasShape(5, 2, 3)).isTrue();
    }
  }
}
