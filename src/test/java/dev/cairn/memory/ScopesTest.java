package dev.cairn.memory;

import static dev.cairn.memory.Given.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OnCatalogue
class ScopesTest {

  @Autowired private Scopes scopes;
  @Autowired private Corpora corpora;
  @Autowired private Documents documents;
  @Autowired private Encodings encodings;
  @Autowired private Given given;

  @Test
  void readyDocumentsAreVisibleInTheOrderInWhichTheyJoined() {
    Document second = given.ready(2 * 65_536);
    Document first = given.ready(10);
    given.member("ordered", first, "First");
    given.member("ordered", second, "Second");

    Scope scope = scopes.resolve(CALLER, "ordered");
    assertThat(scope.leftOut()).isEmpty();
    assertThat(scope.visible())
        .extracting(VisibleDocument::title)
        .containsExactly("First", "Second");
    assertThat(scope.visible().getLast().segments())
        .extracting(SegmentRef::ordinal)
        .containsExactly(0, 1);
    assertThat(scope.visible().getFirst().segments().getFirst())
        .returns(first.id(), SegmentRef::documentId)
        .returns(first.tenantId(), SegmentRef::tenantId)
        .returns("f".repeat(64), SegmentRef::fingerprint)
        .returns(1, SegmentRef::generation)
        .returns("b".repeat(64), SegmentRef::sha256)
        .returns(7L, SegmentRef::headerCrc32c);
  }

  @Test
  void whatCannotBeReadIsNamedWithItsReason() {
    given.member("mixed", given.ready(10), "Ready");
    given.member("mixed", given.uploaded(), "Uploaded");
    given.member("mixed", encodingHalf(), "Half");
    given.member("mixed", stale(), "Stale");
    given.member("mixed", corrupt(), "Corrupt");
    given.member("mixed", cancelled(), "Cancelled");
    given.member("mixed", failed(), "Failed");

    Scope scope = scopes.resolve(CALLER, "mixed");
    assertThat(scope.visible()).extracting(VisibleDocument::title).containsExactly("Ready");
    assertThat(scope.leftOut())
        .extracting(left -> left.title() + " " + left.reason() + " " + left.percent())
        .containsExactly(
            "Uploaded extracting 0",
            "Half encoding 50",
            "Stale stale 0",
            "Corrupt corrupt 99",
            "Cancelled cancelled 0",
            "Failed failed 0");
  }

  @Test
  void aDocumentBeingEncodedAgainIsReadInItsOldGeneration() {
    Document document = given.ready(10);
    given.member("again", document, "Again");
    encodings.encodeAgain(CALLER, document.id());
    assertThat(scopes.resolve(CALLER, "again").visible().getFirst().segments())
        .extracting(SegmentRef::generation)
        .containsExactly(1);
  }

  @Test
  void aCorpusWithNothingToReadSaysWhy() {
    assertCode(ProblemCode.CORPUS_NOT_FOUND, "no-such-corpus");
    corpora.obtain(CALLER, "void");
    assertCode(ProblemCode.CORPUS_EMPTY, "void");
    given.member("waiting", encodingHalf(), "Half");
    assertCode(ProblemCode.CORPUS_NOT_READY, "waiting");
  }

  private void assertCode(ProblemCode code, String corpus) {
    assertThatThrownBy(() -> scopes.resolve(CALLER, corpus))
        .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo(code));
  }

  private Document encodingHalf() {
    Document document = given.extracted(2 * 65_536);
    given.planned(document);
    given.published(given.claimed(given.stretchesOf(document).getFirst()));
    return document;
  }

  private Document stale() {
    Document document = given.ready(10);
    given.encodedOtherwise(document);
    return document;
  }

  private Document corrupt() {
    Document document = given.ready(10);
    encodings.markSegmentCorrupt(given.segmentOf(document), "Its checksum is wrong.");
    return document;
  }

  private Document cancelled() {
    Document document = given.extracted(10);
    given.planned(document);
    encodings.cancel(CALLER, document.id());
    return document;
  }

  private Document failed() {
    Document document = given.uploaded();
    documents.beginExtraction(document.id());
    documents.failed(document.id(), "no_text", "There is no text in it.");
    return document;
  }
}
