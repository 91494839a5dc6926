package dev.cairn.memory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.model.Selection;
import dev.cairn.model.StoredChunk;
import dev.cairn.store.LocalBlobStore;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class QuestionMemoryTest {

  private static final SegmentShape SHAPE = new SegmentShape(1, 2, 4, 4, 6, 8);

  private static final float SCALE = 30;

  @TempDir private Path folder;

  private LocalBlobStore store;

  private ChunkMemories memories;

  @BeforeEach
  void open() throws IOException {
    store = new LocalBlobStore(folder);
    memories =
        new ChunkMemories(store, new MemorySettings(1, 1, 1, DataSize.ofMegabytes(1), 2), SCALE);
  }

  @AfterEach
  void close() {
    memories.close();
  }

  private StoredDocument stored(int chunks, long seed) throws IOException {
    return StoredDocument.store(store, SHAPE, chunks, seed);
  }

  private QuestionMemory memory(StoredDocument... documents) {
    return memories.open(List.of(documents).stream().map(StoredDocument::document).toList(), null);
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
    try (QuestionMemory memory = memories.open(List.of(), new float[8])) {
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
    try (QuestionMemory memory = memories.open(List.of(book.document()), question)) {
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
        .isThrownBy(() -> memories.open(List.of(document.document()), new float[7]));
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
        .isThrownBy(() -> memories.open(List.of(stored(1, 2).document(), other), null));
  }

  @Test
  void itCountsWhatItCost() throws IOException {
    StoredDocument book = stored(10, 1);
    long slabBytes = 10 * (6 * 2 + 8 + 4);
    try (QuestionMemory memory = memory(book)) {
      read(memory, 4);
      read(memory, 5);
      assertThat(memory.use()).isEqualTo(new MemoryUse(2 * SHAPE.chunkBytes(), slabBytes));
    }
    try (QuestionMemory again = memory(book)) {
      assertThat(again.use()).isEqualTo(new MemoryUse(0, 0));
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
      read(memory, 0);
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
