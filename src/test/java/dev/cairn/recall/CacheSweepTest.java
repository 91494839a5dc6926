package dev.cairn.recall;

import static dev.cairn.Given.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.Given;
import dev.cairn.OnCatalogue;
import dev.cairn.catalogue.Document;
import dev.cairn.catalogue.Documents;
import dev.cairn.catalogue.Encodings;
import dev.cairn.catalogue.VisibleDocument;
import dev.cairn.model.ChunkForm;
import dev.cairn.model.KvFormat;
import dev.cairn.model.StoredChunk;
import dev.cairn.segment.SegmentRef;
import dev.cairn.segment.SegmentShape;
import dev.cairn.store.BlobStore;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nothing of what may not be read any more stays in memory. */
@OnCatalogue
class CacheSweepTest {

  private static final SegmentShape SHAPE =
      new SegmentShape(1, new ChunkForm(2, 1, 1, 2, 8), 0, KvFormat.BF16);

  @Autowired private CacheSweep caches;
  @Autowired private QuestionMemories memories;
  @Autowired private Documents documents;
  @Autowired private Encodings encodings;
  @Autowired private BlobStore blobs;
  @Autowired private JdbcClient jdbc;
  @Autowired private Given given;

  private Document document;
  private UUID segment;

  @BeforeEach
  void readADocument() throws IOException {
    document = given.ready(10);
    segment = given.segmentOf(document);
    read(stored(segment));
    caches.sweep();
    assertThat(kept(segment)).as("what is readable stays").isTrue();
  }

  @AfterEach
  void forget() {
    memories.forget(memories.segments());
  }

  /** A real file under the name of a segment of the catalogue. */
  private VisibleDocument stored(UUID segmentId) throws IOException {
    StoredDocument stored = StoredDocument.store(blobs, SHAPE, 3, 1);
    SegmentRef own = stored.segment(0);
    SegmentRef named =
        new SegmentRef(
            segmentId,
            own.tenantId(),
            own.documentId(),
            own.ordinal(),
            own.fingerprint(),
            own.generation(),
            own.blobKey(),
            own.byteLength(),
            own.sha256(),
            own.headerCrc32c(),
            own.chunks());
    return new VisibleDocument(own.documentId(), "title", 1, List.of(named));
  }

  private void read(VisibleDocument visible) {
    try (QuestionMemory memory = memories.open(List.of(visible), PriorQuery.NONE)) {
      for (StoredChunk chunk : memory.hold(new int[] {0, 1, 2})) {
        chunk.close();
      }
    }
  }

  /** Whether both its landmarks and its chunks are kept; it must not be one of them alone. */
  private boolean kept(UUID segmentId) {
    boolean chunks = memories.tier().segments().contains(segmentId);
    assertThat(memories.segments().contains(segmentId)).isEqualTo(chunks);
    return chunks;
  }

  @Test
  void deletingADocumentLetsGoOfItAtOnce() {
    documents.delete(CALLER, document.id());
    assertThat(kept(segment)).isFalse();
  }

  @Test
  void aNewGenerationReplacesTheOldOne() {
    encodings.encodeAgain(CALLER, document.id());
    given.published(given.claimed(given.stretchesOf(document).getFirst()));
    assertThat(kept(segment)).isFalse();
  }

  @Test
  void whatADeletionByAnotherProcessLeftGoesWithTheNextSweep() {
    jdbc.sql("delete from document where id = :id").param("id", document.id()).update();
    assertThat(kept(segment)).isTrue();
    caches.sweep();
    assertThat(kept(segment)).isFalse();
  }

  @Test
  void aDamagedEncodingGoesToo() {
    assertThat(encodings.markSegmentCorrupt(segment, "damaged")).isTrue();
    caches.sweep();
    assertThat(kept(segment)).isFalse();
  }

  @Test
  void whatIsPublishedStaysWhileTheRestOfItsDocumentIsEncoded() throws IOException {
    Document half = given.extracted(100_000);
    given.planned(half);
    given.published(given.claimed(given.stretchesOf(half).getFirst()));
    UUID first = given.segmentOf(half);
    read(stored(first));

    caches.sweep();
    assertThat(kept(first)).isTrue();

    encodings.cancel(CALLER, half.id());
    assertThat(kept(first)).isFalse();
  }

  @Test
  void aQuestionThatRunsWhileItsDocumentGoesReadsOnAndLeavesNothing() throws IOException {
    VisibleDocument visible = stored(segment);
    try (QuestionMemory memory = memories.open(List.of(visible), PriorQuery.NONE)) {
      StoredChunk held = memory.hold(new int[] {1})[0];
      documents.delete(CALLER, document.id());
      assertThat(held.keysValues().byteSize()).isEqualTo(SHAPE.chunkBytes());
      held.close();
      memory.hold(new int[] {2})[0].close();
    }
    caches.sweep();
    assertThat(kept(segment)).isFalse();
  }
}
