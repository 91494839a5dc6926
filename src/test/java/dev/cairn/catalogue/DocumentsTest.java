package dev.cairn.catalogue;

import static dev.cairn.Given.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.Given;
import dev.cairn.OnCatalogue;
import dev.cairn.Together;
import dev.cairn.access.Caller;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OnCatalogue
class DocumentsTest {

  @Autowired private Documents documents;
  @Autowired private Encodings encodings;
  @Autowired private Given given;

  @Test
  void theSameBytesAtTheSameMomentAreOneDocument() throws Exception {
    for (int round = 0; round < 20; round++) {
      NewDocument bytes = Given.newBytes();
      List<Registration> registrations = Together.call(8, () -> documents.register(CALLER, bytes));
      assertThat(registrations).filteredOn(Registration::created).hasSize(1);
      assertThat(registrations)
          .extracting(r -> r.document().id())
          .containsOnly(registrations.getFirst().document().id());
    }
  }

  @Test
  void theSameBytesOfAnotherMediaTypeOrTenantAreAnotherDocument() {
    NewDocument text = Given.newBytes();
    NewDocument html = new NewDocument(text.sha256(), "text/html", text.byteLength());
    UUID first = documents.register(CALLER, text).document().id();
    assertThat(documents.register(CALLER, html).document().id()).isNotEqualTo(first);
    assertThat(documents.register(given.tenant(), text).document().id()).isNotEqualTo(first);
  }

  @Test
  void aDocumentGoesFromBytesToTextAndNoFurther() {
    UUID id = given.uploaded().id();
    assertThat(documents.extracted(id, "UTF-8", 10, 2)).isFalse();
    assertThat(documents.failed(id, "no_text", "There is no text in it.")).isFalse();
    assertThat(state(id)).isEqualTo(Document.State.UPLOADED);

    assertThat(documents.beginExtraction(id)).isTrue();
    assertThat(documents.beginExtraction(id)).as("after an interruption").isTrue();
    assertThat(documents.extracted(id, "UTF-8", 10, 2)).isTrue();

    assertThat(documents.beginExtraction(id)).isFalse();
    assertThat(documents.extracted(id, "UTF-16", 99, 9)).isFalse();
    assertThat(documents.failed(id, "no_text", "There is no text in it.")).isFalse();
    assertThat(documents.get(id).orElseThrow())
        .extracting(Document::state, Document::charset, Document::characters, Document::tokens)
        .containsExactly(Document.State.EXTRACTED, "UTF-8", 10L, 2L);
  }

  @Test
  void aFailureIsToldAndCanBeTriedAgain() {
    UUID id = given.uploaded().id();
    documents.beginExtraction(id);
    assertThat(documents.failed(id, "no_text", "There is no text in it.")).isTrue();
    assertThat(documents.beginExtraction(id)).isFalse();
    assertThat(documents.status(CALLER, id))
        .extracting(DocumentStatus::stage, DocumentStatus::failure)
        .containsExactly(
            DocumentStage.FAILED, new DocumentStatus.Failure("no_text", "There is no text in it."));

    encodings.encodeAgain(CALLER, id);
    assertThat(state(id)).isEqualTo(Document.State.UPLOADED);
    assertThat(documents.status(CALLER, id).failure()).isNull();
  }

  @Test
  void theSameBytesAgainAreTriedAgainAfterAFailure() {
    NewDocument bytes = Given.newBytes();
    UUID id = documents.register(CALLER, bytes).document().id();
    documents.beginExtraction(id);
    documents.failed(id, "internal", "Upload it again.");
    assertThat(documents.register(CALLER, bytes))
        .returns(false, Registration::created)
        .returns(Document.State.UPLOADED, registration -> registration.document().state());
  }

  @Test
  void whatWaitsForExtractionIsFoundOldestFirst() {
    Document first = given.uploaded();
    Document cutShort = given.uploaded();
    documents.beginExtraction(cutShort.id());
    Document done = given.extracted(10);
    assertThat(documents.toExtract(10_000))
        .containsSubsequence(first.id(), cutShort.id())
        .doesNotContain(done.id());
    assertThat(documents.toExtract(1)).hasSize(1);
  }

  @Test
  void aDeletedDocumentRefusesLateJobsAndComesBackAsAnother() {
    NewDocument bytes = Given.newBytes();
    UUID id = documents.register(CALLER, bytes).document().id();
    documents.beginExtraction(id);
    documents.delete(CALLER, id);

    assertThat(documents.get(id)).isEmpty();
    assertThat(documents.beginExtraction(id)).isFalse();
    assertThat(documents.extracted(id, "UTF-8", 10, 2)).isFalse();
    assertThat(documents.failed(id, "no_text", "There is no text in it.")).isFalse();
    assertThat(encodings.plan(id)).isEmpty();
    assertThatThrownBy(() -> documents.find(CALLER, id))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.code()).isEqualTo(ProblemCode.DOCUMENT_DELETED));

    Registration again = documents.register(CALLER, bytes);
    assertThat(again.created()).isTrue();
    assertThat(again.document().id()).isNotEqualTo(id);
  }

  @Test
  void aDocumentOfAnotherTenantIsNotFound() {
    Caller other = given.tenant();
    UUID theirs = given.extracted(other, 10).id();
    UUID deleted = given.extracted(other, 10).id();
    documents.delete(other, deleted);
    for (UUID id : List.of(theirs, deleted)) {
      assertThatThrownBy(() -> documents.find(CALLER, id))
          .isInstanceOfSatisfying(
              Problem.class, p -> assertThat(p.code()).isEqualTo(ProblemCode.DOCUMENT_NOT_FOUND));
      assertThatThrownBy(() -> documents.delete(CALLER, id)).isInstanceOf(Problem.class);
    }
    assertThat(documents.get(theirs)).isPresent();
  }

  private Document.State state(UUID id) {
    return documents.get(id).orElseThrow().state();
  }
}
