package dev.cairn.catalogue;

import static dev.cairn.Given.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.Given;
import dev.cairn.OnCatalogue;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import dev.cairn.store.BlobStore;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnCatalogue
class EncodingsTest {

  @Autowired private Encodings encodings;
  @Autowired private Documents documents;
  @Autowired private BlobStore blobs;
  @Autowired private Reclaimer reclaimer;
  @Autowired private JdbcClient jdbc;
  @Autowired private Given given;

  @Test
  void onlyAnExtractedDocumentIsPlanned() {
    Document document = given.uploaded();
    assertThat(encodings.plan(document.id())).isEmpty();
    assertThat(encodings.plan(UUID.randomUUID())).isEmpty();
  }

  @Test
  void aNewGenerationReplacesTheOldOneOnlyWhenItIsReady() throws Exception {
    Document document = given.ready(10);
    Encoding old = encodings.current(document.id()).orElseThrow();
    encodings.encodeAgain(CALLER, document.id());
    encodings.encodeAgain(CALLER, document.id());
    assertThat(encodings.current(document.id()).orElseThrow().generation()).isEqualTo(2);
    assertThat(state(old.id())).as("still read").isEqualTo(Encoding.State.READY);

    StretchClaim claim = given.claimed(given.stretchesOf(document).getFirst());
    given.published(claim);
    assertThat(state(old.id())).isEqualTo(Encoding.State.EVICTED);
    assertThat(blobsOf(document)).containsExactly(BlobKeys.segment(claim));
    assertThat(documents.status(CALLER, document.id()).bytesStored()).isEqualTo(1);
  }

  @Test
  void whatWasStoredOfACancelledOrFailedEncodingGoes() throws Exception {
    Document document = given.extracted(2 * 65_536);
    given.planned(document);
    given.published(given.claimed(given.stretchesOf(document).getFirst()));
    encodings.cancel(CALLER, document.id());
    assertThat(blobsOf(document)).isEmpty();
    assertThat(documents.status(CALLER, document.id()))
        .extracting(DocumentStatus::stage, DocumentStatus::percent, DocumentStatus::bytesStored)
        .containsExactly(DocumentStage.CANCELLED, 50, 0L);

    encodings.encodeAgain(CALLER, document.id());
    given.published(given.claimed(given.stretchesOf(document).getFirst()));
    UUID second = encodings.current(document.id()).orElseThrow().id();
    assertThat(encodings.fail(second, "The worker was lost.")).isTrue();
    assertThat(encodings.fail(second, "Again.")).isFalse();
    assertThat(blobsOf(document)).isEmpty();
    assertThat(documents.status(CALLER, document.id()).failure())
        .isEqualTo(new DocumentStatus.Failure("encoding_failed", "The worker was lost."));
  }

  @Test
  void onlyWhatIsUnderWayCanBeCancelled() {
    Document document = given.ready(10);
    assertThatThrownBy(() -> encodings.cancel(CALLER, document.id()))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.code()).isEqualTo(ProblemCode.CONFLICT));
    assertThat(encodings.current(document.id()).orElseThrow().state())
        .isEqualTo(Encoding.State.READY);
  }

  @Test
  void aCorruptSegmentTakesItsEncodingOutUntilItIsEncodedAgain() {
    Document document = given.ready(10);
    UUID encoding = encodings.current(document.id()).orElseThrow().id();
    UUID segment = given.segmentOf(document);
    assertThat(encodings.markSegmentCorrupt(segment, "Its checksum is wrong.")).isTrue();
    assertThat(encodings.markSegmentCorrupt(segment, "Again.")).isFalse();
    assertThat(documents.status(CALLER, document.id()))
        .extracting(DocumentStatus::stage, DocumentStatus::failure)
        .containsExactly(
            DocumentStage.CORRUPT,
            new DocumentStatus.Failure("encoding_corrupt", "Its checksum is wrong."));

    encodings.encodeAgain(CALLER, document.id());
    given.published(given.claimed(given.stretchesOf(document).getFirst()));
    assertThat(documents.status(CALLER, document.id()).stage()).isEqualTo(DocumentStage.READY);
    assertThat(state(encoding)).isEqualTo(Encoding.State.EVICTED);
  }

  @Test
  void anEncodingOfAnotherFingerprintIsStaleAndKept() throws Exception {
    Document document = given.ready(10);
    given.encodedOtherwise(document);
    assertThat(documents.status(CALLER, document.id()))
        .extracting(DocumentStatus::stage, DocumentStatus::percent, DocumentStatus::encoding)
        .containsExactly(DocumentStage.STALE, 0, null);
    assertThat(documents.status(CALLER, document.id()).bytesStored()).isEqualTo(1);

    encodings.encodeAgain(CALLER, document.id());
    assertThat(encodings.current(document.id()).orElseThrow())
        .extracting(Encoding::generation, Encoding::state)
        .containsExactly(1, Encoding.State.QUEUED);
    assertThat(blobsOf(document)).hasSize(1);
  }

  @Test
  void underAnotherTokenizerTheTextIsTokenizedAgainFirst() {
    Document document = given.ready(10);
    given.encodedOtherwise(document);
    jdbc.sql("update document set tokenizer_sha256 = :other where id = :id")
        .param("other", "0".repeat(64))
        .param("id", document.id())
        .update();
    assertThat(encodings.plan(document.id())).isEmpty();
    encodings.encodeAgain(CALLER, document.id());
    assertThat(documents.get(document.id()).orElseThrow().state())
        .isEqualTo(Document.State.UPLOADED);
    assertThat(documents.toExtract(10_000)).contains(document.id());
  }

  @Test
  void deletingRemovesEveryRowAndBlobOfTheDocumentAndNoOther() throws Exception {
    Document kept = given.ready(10);
    Document document = given.ready(2 * 65_536);
    given.member("deletion", document, "Deleted");
    given.blob(BlobKeys.original(document));
    given.blob(BlobKeys.text(document));
    given.blob(BlobKeys.textIndex(document));
    documents.delete(CALLER, document.id());

    assertThat(blobsOf(document)).isEmpty();
    assertThat(blobsOf(kept)).hasSize(1);
    for (String table : List.of("membership", "encoding")) {
      assertThat(
              jdbc.sql("select count(*) from " + table + " where document_id = :id")
                  .param("id", document.id())
                  .query(Long.class)
                  .single())
          .isZero();
    }
  }

  @Test
  void blobsThatACrashLeftAreTakenAwayLater() throws Exception {
    Document document = given.ready(10);
    jdbc.sql("delete from document where id = :id").param("id", document.id()).update();
    jdbc.sql("insert into deleted_document (id, tenant_id, deleted_at) values (:id, :t, now())")
        .param("id", document.id())
        .param("t", document.tenantId())
        .update();
    assertThat(blobsOf(document)).isNotEmpty();
    reclaimer.reclaim();
    assertThat(blobsOf(document)).isEmpty();
  }

  private Encoding.State state(UUID encoding) {
    return Encoding.State.valueOf(
        jdbc.sql("select state from encoding where id = :id")
            .param("id", encoding)
            .query(String.class)
            .single());
  }

  private List<String> blobsOf(Document document) throws IOException {
    try (Stream<String> files =
            blobs.list(BlobKeys.documentFolder(document.tenantId(), document.id()));
        Stream<String> segments =
            blobs.list(BlobKeys.segmentFolder(document.tenantId(), document.id()))) {
      return Stream.concat(files, segments).toList();
    }
  }
}
