package dev.cairn.recall;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.catalogue.VisibleDocument;
import dev.cairn.kernel.ScanKernel;
import dev.cairn.model.ChunkForm;
import dev.cairn.model.KvFormat;
import dev.cairn.model.Selection;
import dev.cairn.model.StoredChunk;
import dev.cairn.segment.SegmentRef;
import dev.cairn.segment.SegmentShape;
import dev.cairn.store.BlobStore;
import dev.cairn.store.LocalBlobStore;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class QuestionMemoryTest {

  private static final SegmentShape SHAPE =
      new SegmentShape(1, new ChunkForm(4, 1, 2, 4, 6), 8, KvFormat.BF16);

  private static final float SCALE = 30;

  @TempDir private Path folder;

  private LocalBlobStore store;

  private QuestionMemories memories;

  @BeforeEach
  void open() throws IOException {
    store = new LocalBlobStore(folder);
    memories = memories(store, DataSize.ofMegabytes(1));
  }

  @AfterEach
  void close() {
    memories.close();
  }

  private StoredDocument stored(int chunks, long seed) throws IOException {
    return StoredDocument.store(store, SHAPE, chunks, seed);
  }

  private static QuestionMemories memories(BlobStore store, DataSize chunkCache) {
    return new QuestionMemories(
        store,
        RecallSettings.of(DataSize.ofMegabytes(1), chunkCache, 2),
        null,
        new PriorScales(SCALE, 0),
        ScanKernel.fastest());
  }

  private QuestionMemory memory(StoredDocument... documents) {
    return memories.open(
        List.of(documents).stream().map(StoredDocument::document).toList(), PriorQuery.NONE);
  }

  private static byte[] read(QuestionMemory memory, int chunk) {
    try (StoredChunk held = hold(memory, chunk)) {
      return held.keysValues().toArray(ValueLayout.JAVA_BYTE);
    }
  }

  private static StoredChunk hold(QuestionMemory memory, int chunk) {
    return memory.hold(new int[] {chunk})[0];
  }

  private static int validTokens(QuestionMemory memory, int chunk) {
    try (StoredChunk held = hold(memory, chunk)) {
      return held.validTokens();
    }
  }

  @Test
  void aMemoryOfNoDocumentsIsEmpty() {
    try (QuestionMemory memory = memories.open(List.of(), PriorQuery.ofEmbedding(new float[8]))) {
      assertThat(memory.size()).isZero();
      assertThat(memory.select(new float[3][6], 8))
          .hasSize(3)
          .allSatisfy(selection -> assertThat(selection.chunks()).isEmpty());
    }
  }

  @Test
  void chunksAreNumberedByDocumentThenByPlace() throws IOException {
    StoredDocument a = stored(3, 1);
    StoredDocument b = stored(2, 2);
    try (QuestionMemory memory = memory(a, b)) {
      assertThat(memory.size()).isEqualTo(5);
      assertThat(read(memory, 2)).isEqualTo(a.contents().getFirst().keysValues(2));
      assertThat(read(memory, 3)).isEqualTo(b.contents().getFirst().keysValues(0));
      ChunkPlace place = memory.place(4);
      assertThat(place.documentId()).isEqualTo(b.document().documentId());
      assertThat(place.title()).isEqualTo("title 2");
      assertThat(place.chunkInDocument()).isEqualTo(1);
      assertThat(place.tokens().ids()).isEqualTo(b.contents().getFirst().tokens(1).ids());
      assertThat(place.tokens().charStart())
          .isEqualTo(b.contents().getFirst().tokens(1).charStart());
    }
  }

  @Test
  void aDocumentOfSeveralSegmentsIsOneRunOfChunks() throws IOException {
    StoredDocument first = stored(1, 1);
    StoredDocument book = stored(1_030, 2);
    try (QuestionMemory memory = memory(first, book)) {
      assertThat(memory.size()).isEqualTo(1_031);
      assertThat(memory.place(1_024).chunkInDocument()).isEqualTo(1_023);
      assertThat(memory.place(1_025).chunkInDocument()).isEqualTo(1_024);
      assertThat(read(memory, 1_025)).isEqualTo(book.contents().get(1).keysValues(0));
      assertThat(validTokens(memory, 1_025)).isEqualTo(4);
      assertThat(validTokens(memory, 1_030)).isEqualTo(1);
    }
  }

  @Test
  void aDocumentGivenTwiceCountsOnceAtItsFirstPlace() throws IOException {
    StoredDocument a = stored(3, 1);
    StoredDocument b = stored(2, 2);
    try (QuestionMemory memory = memory(a, b, a)) {
      assertThat(memory.size()).isEqualTo(5);
      assertThat(memory.place(0).documentId()).isEqualTo(a.document().documentId());
    }
  }

  @Test
  void thePriorIsScaleTimesTheCosineAndIsAddedToEveryScore() throws IOException {
    StoredDocument book = stored(1_500, 1);
    float[] question = book.sentences().get(1_234);
    try (QuestionMemory memory =
        memories.open(List.of(book.document()), PriorQuery.ofEmbedding(question))) {
      Selection selection = memory.select(new float[1][6], 1_500)[0];
      assertThat(selection.chunks()[0]).isEqualTo(1_234);
      for (int i = 0; i < selection.chunks().length; i++) {
        float cosine = cosine(question, book.sentences().get(selection.chunks()[i]));
        assertThat(selection.scores()[i]).isCloseTo(SCALE * cosine, within(SCALE * 0.01f));
      }
    }
  }

  private static float cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return (float) sum;
  }

  @Test
  void aQuestionOfAnotherDimensionIsRefused() throws IOException {
    StoredDocument document = stored(3, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                memories.open(List.of(document.document()), PriorQuery.ofEmbedding(new float[7])));
  }

  @Test
  void documentsOfTwoFingerprintsAreNotReadTogether() throws IOException {
    StoredDocument a = stored(1, 1);
    SegmentRef own = a.segment(0);
    SegmentRef foreign =
        new SegmentRef(
            own.segmentId(),
            own.tenantId(),
            own.documentId(),
            0,
            "e".repeat(64),
            1,
            own.blobKey(),
            own.byteLength(),
            own.sha256(),
            own.headerCrc32c(),
            1);
    VisibleDocument other = new VisibleDocument(own.documentId(), "other", 1, List.of(foreign));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> memories.open(List.of(stored(1, 2).document(), other), PriorQuery.NONE));
  }

  @Test
  void itCountsWhatItCost() throws IOException {
    StoredDocument book = stored(10, 1);
    long slabBytes = 10 * (6 * 2 + 8 + 4);
    try (QuestionMemory memory = memory(book)) {
      read(memory, 4);
      read(memory, 5);
      read(memory, 4);
      assertThat(memory.use())
          .isEqualTo(new ChunkReads(tier(0, 1), tier(2, 2), slabBytes))
          .extracting(ChunkReads::hitRate)
          .isEqualTo(1 / 3.0);
    }
    try (QuestionMemory again = memory(book)) {
      assertThat(again.use()).isEqualTo(new ChunkReads(tier(0, 0), tier(0, 0), 0));
      assertThat(again.use().hitRate()).isZero();
      read(again, 5);
      assertThat(again.use()).isEqualTo(new ChunkReads(tier(1, 1), tier(0, 0), 0));
    }
    memories.clearChunks();
    try (QuestionMemory cold = memory(book)) {
      read(cold, 5);
      assertThat(cold.use()).isEqualTo(new ChunkReads(tier(0, 0), tier(1, 1), 0));
    }
  }

  private static ChunkReads.Tier tier(int distinct, int holds) {
    return new ChunkReads.Tier(distinct, holds, (long) holds * SHAPE.chunkBytes());
  }

  @Test
  void nearChunksAreReadByOneReadAndComeInTheOrderAsked() throws IOException {
    StoredDocument a = stored(30, 1);
    StoredDocument b = stored(30, 2);
    CountedReads counted = new CountedReads(store);
    try (QuestionMemories memories = memories(counted, DataSize.ofMegabytes(1));
        QuestionMemory memory =
            memories.open(List.of(a.document(), b.document()), PriorQuery.NONE)) {
      counted.reads.clear();
      int[] chunks = {32, 9, 7, 29, 30, 5, 2};
      assertHolds(memory, chunks, a, b);
      int bytes = SHAPE.chunkBytes();
      assertThat(counted.reads).containsExactly(bytes, 5 * bytes, bytes, 3 * bytes);
      assertThat(memory.use().disk()).isEqualTo(new ChunkReads.Tier(7, 7, 10L * bytes));
      counted.reads.clear();
      assertHolds(memory, chunks, a, b);
      assertThat(counted.reads).isEmpty();
      assertThat(memory.use().ram()).isEqualTo(new ChunkReads.Tier(0, 7, 7L * bytes));
    }
  }

  private static void assertHolds(
      QuestionMemory memory, int[] chunks, StoredDocument a, StoredDocument b) {
    StoredChunk[] held = memory.hold(chunks);
    for (int i = 0; i < chunks.length; i++) {
      StoredDocument document = chunks[i] < 30 ? a : b;
      assertThat(held[i].keysValues().toArray(ValueLayout.JAVA_BYTE))
          .isEqualTo(document.contents().getFirst().keysValues(chunks[i] % 30));
    }
    List.of(held).forEach(StoredChunk::close);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 5, 59, 60, 70})
  void moreChunksThanTheTierHasRoomForAreHeldAllTheSame(long slots) throws IOException {
    StoredDocument a = stored(30, 1);
    StoredDocument b = stored(30, 2);
    DataSize room = DataSize.ofBytes(slots * SHAPE.chunkBytes());
    try (QuestionMemories memories = memories(store, room);
        QuestionMemory memory =
            memories.open(List.of(a.document(), b.document()), PriorQuery.NONE)) {
      int[] all = IntStream.range(0, 60).toArray();
      assertHolds(memory, all, a, b);
      assertHolds(memory, all, a, b);
      assertThat(memories.tier().pinned()).isZero();
      assertThat(memories.tier().usedBytes()).isLessThanOrEqualTo(room.toBytes());
    }
  }

  @Test
  void aHoldThatFailsHoldsNothing() throws IOException {
    StoredDocument good = stored(2, 1);
    StoredDocument bad = stored(2, 2);
    damage(bad.segment(0), bad.contents().getFirst().keysValues(1));
    try (QuestionMemory memory = memory(good, bad)) {
      hold(memory, 0).close();
      assertThatThrownBy(() -> memory.hold(new int[] {0, 1, 2, 3}))
          .isInstanceOf(UnreadableSegmentException.class);
      assertThat(memories.tier().pinned()).isZero();
    }
  }

  @Test
  void aClosedChunkIsNotReadAndClosingTwiceIsClosingOnce() throws IOException {
    try (QuestionMemory memory = memory(stored(2, 1))) {
      StoredChunk other = hold(memory, 0);
      StoredChunk chunk = hold(memory, 0);
      chunk.close();
      chunk.close();
      assertThatIllegalStateException().isThrownBy(chunk::keysValues);
      assertThat(memories.tier().pinned()).isOne();
      other.close();
    }
  }

  @Test
  void tenThousandQuestionsLeaveTheMemoryAsItWas() throws IOException {
    List<VisibleDocument> documents = List.of(stored(30, 1).document(), stored(30, 2).document());
    DataSize room = DataSize.ofBytes(24L * SHAPE.chunkBytes());
    Random random = new Random(1);
    try (QuestionMemories memories = memories(store, room)) {
      for (int question = 1; question <= 10_000; question++) {
        try (QuestionMemory memory = memories.open(documents, PriorQuery.NONE)) {
          int[] chunks = random.ints(0, 60).distinct().limit(1 + question % 40).toArray();
          List.of(memory.hold(chunks)).forEach(StoredChunk::close);
        }
        if (question % 1_000 == 0) {
          assertThat(memories.tier().usedBytes()).isEqualTo(21L * SHAPE.chunkBytes());
          assertThat(memories.tier().pinned()).isZero();
        }
      }
    }
  }

  @Test
  void aDamagedChunkNamesItsDocumentAndTheOthersAreRead() throws IOException {
    StoredDocument good = stored(2, 1);
    StoredDocument bad = stored(2, 2);
    damage(bad.segment(0), bad.contents().getFirst().keysValues(1));
    try (QuestionMemory memory = memory(good, bad)) {
      UnreadableSegmentException refusal =
          catchThrowableOfType(UnreadableSegmentException.class, () -> hold(memory, 3));
      assertThat(refusal.documentId()).isEqualTo(bad.document().documentId());
      assertThat(refusal.segmentId()).isEqualTo(bad.segment(0).segmentId());
      assertThat(refusal.isDamaged()).isTrue();
      assertThat(read(memory, 1)).isEqualTo(good.contents().getFirst().keysValues(1));
    }
  }

  /** Flips one bit where these bytes stand in the file. */
  private void damage(SegmentRef segment, byte[] bytes) throws IOException {
    Path file = folder.resolve(segment.blobKey());
    String content = Files.readString(file, ISO_8859_1);
    int at = content.indexOf(new String(bytes, ISO_8859_1));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {(byte) (bytes[0] ^ 1)}), at);
    }
  }

  private UnreadableSegmentException refusalToOpen(StoredDocument... documents) {
    return catchThrowableOfType(UnreadableSegmentException.class, () -> memory(documents));
  }

  @Test
  void damagedLandmarksAreRefusedBeforeAnythingIsRead() throws IOException {
    StoredDocument good = stored(2, 1);
    StoredDocument bad = stored(2, 2);
    damage(bad.segment(0), bad.contents().getFirst().chunks().landmarks().array());
    UnreadableSegmentException refusal = refusalToOpen(good, bad);
    assertThat(refusal.documentId()).isEqualTo(bad.document().documentId());
    assertThat(refusal).hasMessageContaining(bad.document().documentId().toString());
    assertThat(refusal.isDamaged()).isTrue();
    memory(good).close();
  }

  @Test
  void twoFilesThatChangedPlacesAreBothRefused() throws IOException {
    StoredDocument a = stored(2, 1);
    StoredDocument b = stored(2, 2);
    Path fileOfA = folder.resolve(a.segment(0).blobKey());
    Path fileOfB = folder.resolve(b.segment(0).blobKey());
    byte[] bytesOfA = Files.readAllBytes(fileOfA);
    Files.write(fileOfA, Files.readAllBytes(fileOfB));
    Files.write(fileOfB, bytesOfA);
    assertThat(refusalToOpen(a).isDamaged()).isTrue();
    assertThat(refusalToOpen(b).isDamaged()).isTrue();
  }

  @Test
  void aMissingFileIsDamageBeforeAndWhileItIsRead() throws IOException {
    StoredDocument book = stored(2, 1);
    StoredDocument other = stored(2, 2);
    try (QuestionMemory memory = memory(book)) {
      store.delete(book.segment(0).blobKey());
      UnreadableSegmentException refusal =
          catchThrowableOfType(UnreadableSegmentException.class, () -> read(memory, 0));
      assertThat(refusal.isDamaged()).isTrue();
    }
    store.delete(other.segment(0).blobKey());
    assertThat(refusalToOpen(other).isDamaged()).isTrue();
  }

  @Test
  void aFileThatCannotBeReadJustNowIsNotCalledDamaged() throws IOException {
    StoredDocument book = stored(2, 1);
    Thread.currentThread().interrupt();
    UnreadableSegmentException refusal = refusalToOpen(book);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(refusal.isDamaged()).isFalse();
    memory(book).close();
  }

  @Test
  void aFileTruncatedUnderAQuestionFailsThatQuestionOnly() throws IOException {
    StoredDocument book = stored(2, 1);
    try (QuestionMemory memory = memory(book)) {
      read(memory, 1);
      Files.write(folder.resolve(book.segment(0).blobKey()), new byte[10]);
      UnreadableSegmentException refusal =
          catchThrowableOfType(UnreadableSegmentException.class, () -> read(memory, 0));
      assertThat(refusal.isDamaged()).isTrue();
    }
  }

  @Test
  void closingTwiceIsClosingOnce() throws IOException {
    StoredDocument book = stored(2, 1);
    QuestionMemory first = memory(book);
    try (QuestionMemory second = memory(book)) {
      first.close();
      first.close();
      assertThat(second.select(new float[1][6], 1)[0].chunks()).containsExactly(0);
    }
  }

  @Test
  void aDocumentWithoutAllOfItsSegmentsIsNoVisibleDocument() throws IOException {
    StoredDocument book = stored(1_030, 1);
    List<SegmentRef> tail = book.document().segments().subList(1, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VisibleDocument(book.document().documentId(), "book", 1, tail));
  }
}
