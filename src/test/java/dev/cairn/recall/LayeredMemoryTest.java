package dev.cairn.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.catalogue.VisibleDocument;
import dev.cairn.kernel.Bfloat16;
import dev.cairn.kernel.Kernel;
import dev.cairn.kernel.ScanKernel;
import dev.cairn.model.BestChunks;
import dev.cairn.model.ChunkForm;
import dev.cairn.model.ChunkRange;
import dev.cairn.model.KvFormat;
import dev.cairn.model.Selection;
import dev.cairn.model.StoredChunk;
import dev.cairn.segment.SegmentContent;
import dev.cairn.segment.SegmentShape;
import dev.cairn.store.BlobStore;
import dev.cairn.store.LocalBlobStore;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Chunks of several layers without landmarks: chosen by the prior alone, read in every format. */
class LayeredMemoryTest {

  private static final ChunkForm FORM = new ChunkForm(4, 3, 2, 6, 0);

  private static final int SENTENCE_DIM = 8;

  private static final float SCALE = 30;

  @TempDir private Path folder;

  private LocalBlobStore store;

  @BeforeEach
  void open() throws IOException {
    store = new LocalBlobStore(folder);
  }

  private static SegmentShape shape(KvFormat format) {
    return new SegmentShape(1, FORM, SENTENCE_DIM, format);
  }

  private StoredDocument stored(int chunks, long seed) throws IOException {
    return StoredDocument.store(store, shape(KvFormat.BF16), chunks, seed);
  }

  private static QuestionMemories memories(BlobStore store, long chunkCache) {
    return new QuestionMemories(
        store,
        RecallSettings.of(DataSize.ofMegabytes(64), DataSize.ofBytes(chunkCache), 2),
        null,
        new PriorScales(SCALE, 0),
        ScanKernel.fastest());
  }

  private static List<VisibleDocument> documents(StoredDocument... stored) {
    return Stream.of(stored).map(StoredDocument::document).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 255, 256, 257, 1_030, 9_000})
  void thePriorAloneChooses(int chunks) throws IOException {
    StoredDocument book = stored(chunks, 1);
    float[] question = book.sentences().get(chunks / 2);
    try (QuestionMemories memories = memories(store, 0);
        QuestionMemory memory = memories.open(documents(book), PriorQuery.ofEmbedding(question))) {
      float[] prior = Objects.requireNonNull(memory.cosines()).clone();
      for (int i = 0; i < prior.length; i++) {
        prior[i] *= SCALE;
      }
      Selection[] selections = memory.select(new float[2][0], 16);
      assertThat(selections).hasSize(2);
      for (Selection selection : selections) {
        assertThat(selection.chunks()).isEqualTo(BestChunks.of(prior, 0, chunks, 16));
        assertThat(selection.chunks()[0]).isEqualTo(chunks / 2);
        assertThat(selection.scores()[0]).isCloseTo(SCALE, within(SCALE * 0.01f));
        for (int i = 0; i < selection.chunks().length; i++) {
          assertThat(selection.scores()[i]).isEqualTo(prior[selection.chunks()[i]]);
        }
      }
    }
  }

  @Test
  void withoutAPriorTheFirstChunksAreChosen() throws IOException {
    StoredDocument book = stored(3_000, 1);
    try (QuestionMemories memories = memories(store, 0);
        QuestionMemory memory = memories.open(documents(book), PriorQuery.NONE)) {
      Selection selection = memory.select(new float[1][0], 20)[0];
      assertThat(selection.chunks()).isEqualTo(IntStream.range(0, 20).toArray());
      assertThat(selection.scores()).containsOnly(0);
    }
  }

  @Test
  void anEmptyMemoryChoosesNothing() {
    try (QuestionMemories memories = memories(store, 0);
        QuestionMemory memory = memories.open(List.of(), PriorQuery.NONE)) {
      assertThat(memory.select(new float[1][0], 16)[0].chunks()).isEmpty();
    }
  }

  /** Without landmarks a slab is its sentence landmarks, 64 of which make a block. */
  @Test
  void aSlabWithoutLandmarksTakesNoMemoryForThem() throws IOException {
    StoredDocument book = stored(64, 1);
    try (QuestionMemories memories = memories(store, 0);
        SlabCache slabs = new SlabCache(store, 1 << 20);
        QuestionMemory memory = memories.open(documents(book), PriorQuery.NONE)) {
      SegmentSlab slab = slabs.hold(book.segment(0)).slab();
      assertThat(slab.byteSize()).isEqualTo(64 * (SENTENCE_DIM + Float.BYTES));
      assertThat(memory.use().slabBytesLoaded()).isEqualTo(64 * (SENTENCE_DIM + Float.BYTES));
      slab.release();
    }
  }

  @Test
  void aDocumentIsAllItsChunksHoweverManyFilesTheyAreIn() throws IOException {
    StoredDocument first = stored(3, 1);
    StoredDocument book = stored(2_100, 2);
    StoredDocument last = stored(1, 3);
    try (QuestionMemories memories = memories(store, 0);
        QuestionMemory memory = memories.open(documents(first, book, last), PriorQuery.NONE)) {
      for (int chunk = 0; chunk < memory.size(); chunk++) {
        ChunkRange expected =
            chunk < 3
                ? new ChunkRange(0, 3)
                : chunk < 2_103 ? new ChunkRange(3, 2_103) : new ChunkRange(2_103, 2_104);
        assertThat(memory.document(chunk)).isEqualTo(expected);
        if (chunk % 500 == 3) {
          assertThat(memory.place(chunk).chunkInDocument()).isEqualTo(chunk - expected.first());
        }
      }
    }
  }

  @Test
  void aDocumentWithoutChunksIsNotInTheWay() throws IOException {
    StoredDocument a = stored(2, 1);
    StoredDocument b = stored(3, 2);
    var empty = new VisibleDocument(new UUID(3, 3), "empty", 0, List.of());
    try (QuestionMemories memories = memories(store, 0);
        QuestionMemory memory =
            memories.open(List.of(a.document(), empty, b.document()), PriorQuery.NONE)) {
      assertThat(memory.document(1)).isEqualTo(new ChunkRange(0, 2));
      assertThat(memory.document(2)).isEqualTo(new ChunkRange(2, 5));
    }
  }

  /**
   * Numbers that make every format exact: whole ones, the largest of each column being 127 or 7.
   */
  private static SegmentContent whole(SegmentShape shape, long seed) {
    SegmentContent content = SegmentContent.random(shape, shape.form().size(), seed);
    float largest = shape.kvFormat() == KvFormat.INT4 ? 7 : 127;
    float[] numbers = new float[shape.chunks() * shape.form().numbers()];
    Random random = new Random(seed);
    int ofHead = shape.form().size() * shape.form().headDim();
    for (int i = 0; i < numbers.length; i++) {
      boolean keys = i / ofHead / shape.form().heads() % 2 == 0;
      int place = i % ofHead;
      boolean first = keys ? place < shape.form().headDim() : place % shape.form().headDim() == 0;
      numbers[i] = first ? largest : random.nextInt(-7, 8);
    }
    content.chunks().keysValues().clear().put(Bfloat16.round(numbers)).flip();
    return content;
  }

  @ParameterizedTest
  @CsvSource({"BF16, 0", "BF16, 1000000", "INT8, 0", "INT8, 1000000", "INT4, 0", "INT4, 1000000"})
  void aQuestionReadsWhatWasStored(KvFormat format, long chunkCache) throws IOException {
    SegmentShape shape = new SegmentShape(40, FORM, SENTENCE_DIM, format);
    SegmentContent content = whole(shape, 1);
    StoredDocument book = StoredDocument.store(store, content);
    try (QuestionMemories memories = memories(store, chunkCache);
        QuestionMemory memory = memories.open(documents(book), PriorQuery.NONE)) {
      int[] chunks = {17, 3, 5, 18, 39, 0};
      for (int round = 0; round < 2; round++) {
        StoredChunk[] held = memory.hold(chunks);
        for (int i = 0; i < chunks.length; i++) {
          assertThat(widened(held[i])).isEqualTo(numbers(content, chunks[i]));
          held[i].close();
        }
      }
      int kept = chunkCache == 0 ? 0 : chunks.length * shape.chunkBytes();
      assertThat(memories.tier().usedBytes()).isEqualTo(kept);
      assertThat(memories.tier().pinned()).isZero();
    }
  }

  private static float[] widened(StoredChunk chunk) {
    float[] numbers = new float[FORM.numbers()];
    chunk.widen(numbers, Kernel.fastest());
    return numbers;
  }

  private static float[] numbers(SegmentContent content, int chunk) {
    float[] numbers = new float[FORM.numbers()];
    MemorySegment bytes = MemorySegment.ofArray(content.keysValues(chunk));
    Kernel.scalar().widenBfloat16(bytes, 0, numbers.length, numbers, 0);
    return numbers;
  }

  /** What an answer holds at once is bounded by what it reads, whatever the tier has room for. */
  @ParameterizedTest
  @CsvSource({"INT8, 0", "INT8, 1", "INT4, 15", "BF16, 16", "INT4, 40"})
  void anAnswerReadsMoreChunksThanTheTierHasRoomFor(KvFormat format, int slots) throws IOException {
    SegmentShape shape = new SegmentShape(40, FORM, SENTENCE_DIM, format);
    SegmentContent content = whole(shape, 1);
    StoredDocument book = StoredDocument.store(store, content);
    long room = (long) slots * shape.chunkBytes();
    try (QuestionMemories memories = memories(store, room);
        QuestionMemory memory = memories.open(documents(book), PriorQuery.NONE)) {
      for (int round = 0; round < 3; round++) {
        int[] chunks = IntStream.range(0, 16).map(i -> i * 2 + 5).toArray();
        StoredChunk[] held = memory.hold(chunks);
        assertThat(memories.tier().usedBytes()).isLessThanOrEqualTo(room);
        for (int i = 0; i < chunks.length; i++) {
          assertThat(widened(held[i])).isEqualTo(numbers(content, chunks[i]));
        }
        Arrays.stream(held).forEach(StoredChunk::close);
        assertThat(memories.tier().pinned()).isZero();
      }
    }
  }

  /** Chunks that are larger than a gap is worth are not read along. */
  @ParameterizedTest
  @EnumSource(names = "BF16", mode = EnumSource.Mode.EXCLUDE)
  void anAnswersChunksAreReadByFewReadsOfNothingElse(KvFormat format) throws IOException {
    SegmentShape shape = new SegmentShape(40, new ChunkForm(64, 16, 2, 64, 0), 0, format);
    StoredDocument book = StoredDocument.store(store, SegmentContent.random(shape, 64, 1));
    CountedReads counted = new CountedReads(store);
    try (QuestionMemories memories = memories(counted, 0);
        QuestionMemory memory = memories.open(documents(book), PriorQuery.NONE)) {
      counted.reads.clear();
      Arrays.stream(memory.hold(new int[] {4, 9, 10, 11, 13})).forEach(StoredChunk::close);
      int numbers = shape.numberBytes();
      int scales = shape.layout().scaleBytes();
      assertThat(counted.reads)
          .containsExactly(numbers, scales, 3 * numbers, 3 * scales, numbers, scales);
      assertThat(memory.use().disk()).isEqualTo(new ChunkReads.Tier(5, 5, 5L * shape.chunkBytes()));
    }
  }
}
