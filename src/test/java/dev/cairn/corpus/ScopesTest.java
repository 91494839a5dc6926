package dev.cairn.corpus;

import static dev.cairn.Given.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.Given;
import dev.cairn.OnCatalogue;
import dev.cairn.catalogue.Document;
import dev.cairn.catalogue.Documents;
import dev.cairn.catalogue.Encodings;
import dev.cairn.catalogue.VisibleDocument;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import dev.cairn.segment.SegmentRef;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

    Scope scope = scopes.resolve(CALLER, AskedScope.of("ordered"));
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

    Scope scope = scopes.resolve(CALLER, AskedScope.of("mixed"));
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
    assertThat(scopes.resolve(CALLER, AskedScope.of("again")).visible().getFirst().segments())
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

  @Test
  void severalCorporaAreReadOneAfterTheOtherAndNoDocumentTwice() {
    Document shared = given.ready(10);
    given.member("left", given.ready(10), "Left");
    given.member("left", shared, "Shared");
    given.member("right", shared, "Shared again");
    given.member("right", given.ready(10), "Right");
    assertThat(titles(new AskedScope(List.of("right", "left"), List.of(), Map.of())))
        .containsExactly("Shared again", "Right", "Left");
  }

  @Test
  void onlyTheChosenDocumentsAreRead() {
    Document chosen = given.ready(10);
    given.member("chosen", given.ready(10), "Other");
    given.member("chosen", chosen, "Chosen");
    assertThat(titles(new AskedScope(List.of("chosen"), List.of(chosen.id()), Map.of())))
        .containsExactly("Chosen");
    UUID elsewhere = given.ready(10).id();
    assertCode(
        ProblemCode.DOCUMENT_NOT_FOUND,
        new AskedScope(List.of("chosen"), List.of(elsewhere), Map.of()));
  }

  @Test
  void metadataNarrowsTheScope() {
    given.member("years", given.ready(10), "Old", Map.of("year", 1999, "kind", "lease"));
    given.member("years", given.ready(10), "New", Map.of("year", 2024, "kind", "lease"));
    assertThat(titles(filtered(Map.of("year", 2024)))).containsExactly("New");
    assertThat(titles(filtered(Map.of("kind", "lease")))).containsExactly("Old", "New");
    assertCode(ProblemCode.CORPUS_EMPTY, filtered(Map.of("year", "2024")));
    assertCode(ProblemCode.CORPUS_EMPTY, filtered(Map.of("month", 1)));
  }

  private static AskedScope filtered(Map<String, Object> metadata) {
    return new AskedScope(List.of("years"), List.of(), metadata);
  }

  private List<String> titles(AskedScope asked) {
    return scopes.resolve(CALLER, asked).visible().stream().map(VisibleDocument::title).toList();
  }

  private void assertCode(ProblemCode code, String corpus) {
    assertCode(code, AskedScope.of(corpus));
  }

  private void assertCode(ProblemCode code, AskedScope asked) {
    assertThatThrownBy(() -> scopes.resolve(CALLER, asked))
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
