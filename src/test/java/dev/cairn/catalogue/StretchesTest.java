package dev.cairn.catalogue;

import static dev.cairn.Given.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.cairn.Given;
import dev.cairn.OnCatalogue;
import dev.cairn.Together;
import dev.cairn.access.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnCatalogue
class StretchesTest {

  private static final int STRETCH_TOKENS = 65_536;

  @Autowired private Stretches stretches;
  @Autowired private Encodings encodings;
  @Autowired private Documents documents;
  @Autowired private Given given;
  @Autowired private JdbcClient jdbc;

  @Test
  void aDocumentIsCutIntoStretchesOf1024Chunks() {
    Document document = given.extracted(2L * STRETCH_TOKENS + 1);
    assertThat(given.planned(document).stretches()).isEqualTo(3);
    assertThat(given.planned(document)).as("planned twice").isEqualTo(given.planned(document));
    assertThat(given.stretchesOf(document))
        .extracting(given::claimed)
        .extracting(StretchClaim::ordinal, StretchClaim::firstToken, StretchClaim::tokenCount)
        .containsExactly(
            tuple(0, 0L, STRETCH_TOKENS),
            tuple(1, (long) STRETCH_TOKENS, STRETCH_TOKENS),
            tuple(2, 2L * STRETCH_TOKENS, 1));
  }

  @Test
  void plannedAtTheSameMomentItIsOneEncoding() throws Exception {
    Document document = given.extracted(10);
    List<UUID> ids = Together.call(8, () -> given.planned(document).id());
    assertThat(ids).containsOnly(ids.getFirst());
  }

  @Test
  void aStalePublisherNeverGetsIn() throws Exception {
    for (int round = 0; round < 20; round++) {
      Document document = given.extracted(10);
      given.planned(document);
      UUID stretch = given.stretchesOf(document).getFirst();
      StretchClaim stale = given.claimed(stretch);
      StretchClaim latest = given.claimed(stretch);
      assertThat(latest.attempt()).isEqualTo(stale.attempt() + 1);

      List<Boolean> published =
          Together.call(List.of(() -> publishes(stale), () -> publishes(latest)));
      assertThat(published).containsExactly(false, true);
      assertThat(segmentKeys(document)).containsExactly(BlobKeys.segment(latest));
    }
  }

  @Test
  void aClaimBesideAPublicationEitherVoidsItOrComesTooLate() throws Exception {
    for (int round = 0; round < 20; round++) {
      Document document = given.extracted(10);
      given.planned(document);
      UUID stretch = given.stretchesOf(document).getFirst();
      StretchClaim first = given.claimed(stretch);
      List<Boolean> won =
          Together.call(
              List.of(() -> publishes(first), () -> stretches.claim(stretch).isPresent()));
      assertThat(won).containsOnlyOnce(true);
    }
  }

  @Test
  void concurrentPublishersMakeItReadyExactlyOnce() throws Exception {
    Document document = given.extracted(8L * STRETCH_TOKENS);
    given.planned(document);
    List<Callable<Boolean>> publishers = new ArrayList<>();
    for (UUID stretch : given.stretchesOf(document)) {
      StretchClaim claim = given.claimed(stretch);
      publishers.add(() -> publishes(claim));
      publishers.add(() -> publishes(claim));
    }
    assertThat(Together.call(publishers)).filteredOn(won -> won).hasSize(8);

    Encoding encoding = encodings.current(document.id()).orElseThrow();
    assertThat(encoding.state()).isEqualTo(Encoding.State.READY);
    assertThat(encoding.stretchesPublished()).isEqualTo(8);
    assertThat(encoding.tokensEncoded()).isEqualTo(8L * STRETCH_TOKENS);
    assertThat(encoding.bytesStored()).isEqualTo(8);
    assertThat(encoding.finishedAt()).isNotNull();
  }

  @Test
  void itIsReadyOnlyWithItsLastStretch() {
    Document document = given.extracted(2L * STRETCH_TOKENS);
    given.planned(document);
    List<UUID> both = given.stretchesOf(document);
    assertThat(state(document)).isEqualTo(Encoding.State.QUEUED);
    given.published(given.claimed(both.getLast()));
    assertThat(state(document)).isEqualTo(Encoding.State.ENCODING);
    assertThat(documents.status(CALLER, document.id()).percent()).isEqualTo(50);
    given.published(given.claimed(both.getFirst()));
    assertThat(state(document)).isEqualTo(Encoding.State.READY);
    assertThat(documents.status(CALLER, document.id()).percent()).isEqualTo(100);
    assertThat(stretches.claim(both.getFirst())).as("published").isEmpty();
  }

  @Test
  void percentOnlyGrows() {
    Document document = given.extracted(1000);
    given.planned(document);
    UUID stretch = given.stretchesOf(document).getFirst();
    stretches.progress(given.claimed(stretch), 640);
    assertThat(documents.status(CALLER, document.id()).percent()).isEqualTo(64);
    StretchClaim afterACrash = given.claimed(stretch);
    stretches.progress(afterACrash, 64);
    assertThat(documents.status(CALLER, document.id()).percent()).isEqualTo(64);
    stretches.progress(afterACrash, 1_000_000);
    assertThat(documents.status(CALLER, document.id()).percent()).isEqualTo(99);
  }

  @Test
  void aVoidedClaimIsToldWhenItReportsProgress() {
    Document document = given.extracted(1000);
    given.planned(document);
    UUID stretch = given.stretchesOf(document).getFirst();
    StretchClaim zombie = given.claimed(stretch);
    given.claimed(stretch);
    assertThatThrownBy(() -> stretches.progress(zombie, 64))
        .isInstanceOf(StaleClaimException.class);
  }

  @Test
  void afterACancellationNothingIsAcceptedAndANewGenerationBegins() {
    Document document = given.extracted(2L * STRETCH_TOKENS);
    given.planned(document);
    List<UUID> both = given.stretchesOf(document);
    given.published(given.claimed(both.getFirst()));
    StretchClaim running = given.claimed(both.getLast());
    encodings.cancel(CALLER, document.id());

    assertThat(publishes(running)).isFalse();
    assertThatThrownBy(() -> stretches.progress(running, 64))
        .isInstanceOf(StaleClaimException.class);
    assertThat(stretches.claim(both.getLast())).isEmpty();
    assertThat(state(document)).isEqualTo(Encoding.State.CANCELLED);
    assertThat(given.planned(document).generation()).as("stays cancelled").isEqualTo(1);

    encodings.encodeAgain(CALLER, document.id());
    assertThat(encodings.current(document.id()).orElseThrow())
        .extracting(Encoding::generation, Encoding::state)
        .containsExactly(2, Encoding.State.QUEUED);
    assertThat(stretches.claim(both.getLast())).as("of the old generation").isEmpty();
  }

  @Test
  void afterADeletionNothingIsAccepted() {
    Document document = given.extracted(1000);
    given.planned(document);
    UUID stretch = given.stretchesOf(document).getFirst();
    StretchClaim running = given.claimed(stretch);
    documents.delete(CALLER, document.id());
    assertThat(publishes(running)).isFalse();
    assertThat(stretches.claim(stretch)).isEmpty();
    assertThat(
            jdbc.sql("select count(*) from stretch where id = :id")
                .param("id", stretch)
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void stretchesOfAnotherFingerprintAreLeftAlone() {
    Document document = given.extracted(1000);
    given.planned(document);
    UUID stretch = given.stretchesOf(document).getFirst();
    given.encodedOtherwise(document);
    assertThat(stretches.claim(stretch)).isEmpty();
    assertThat(stretches.toEnqueue(1000)).doesNotContain(stretch);
  }

  @Test
  void everyTenantGetsItsLimitAndItsDocumentsTakeTurns() {
    Caller tenant = given.tenant();
    Caller other = given.tenant();
    Document book = given.extracted(tenant, 6L * STRETCH_TOKENS);
    given.planned(book);
    List<UUID> ofBook = given.stretchesOf(book);
    assertThat(enqueue(tenant, 4)).containsExactlyElementsOf(ofBook.subList(0, 4));
    assertThat(enqueue(tenant, 4)).as("the limit is reached").isEmpty();

    Document letter = given.extracted(tenant, 10);
    given.planned(letter);
    Document theirs = given.extracted(other, 10);
    given.planned(theirs);
    assertThat(enqueue(other, 4)).containsExactlyElementsOf(given.stretchesOf(theirs));
    assertThat(enqueue(tenant, 4)).isEmpty();

    given.published(given.claimed(ofBook.getFirst()));
    assertThat(enqueue(tenant, 4))
        .as("the letter does not wait for the whole book")
        .containsExactlyElementsOf(given.stretchesOf(letter));
  }

  @Test
  void shortDocumentsGoFirstAndNoneStarves() {
    Caller tenant = given.tenant();
    Document book = given.extracted(tenant, 40L * STRETCH_TOKENS);
    given.planned(book);
    Document story = given.extracted(tenant, 3L * STRETCH_TOKENS);
    given.planned(story);
    Document letter = given.extracted(tenant, 10);
    given.planned(letter);
    List<UUID> ofStory = given.stretchesOf(story);
    given.published(given.claimed(ofStory.getFirst()));

    assertThat(next(tenant, 5))
        .containsExactly(
            given.stretchesOf(letter).getFirst(),
            ofStory.get(1),
            ofStory.get(2),
            given.stretchesOf(book).get(0),
            given.stretchesOf(book).get(1));

    waitedFor(book, 40 * 10 + 60);
    assertThat(next(tenant, 1)).containsExactly(given.stretchesOf(book).getFirst());
  }

  private List<UUID> next(Caller tenant, int limit) {
    return stretches.toEnqueue(limit).stream().filter(id -> tenantOf(id).equals(tenant)).toList();
  }

  private void waitedFor(Document document, int seconds) {
    jdbc.sql(
            "update encoding set created_at = now() - make_interval(secs => :seconds)"
                + " where document_id = :id")
        .param("seconds", seconds)
        .param("id", document.id())
        .update();
  }

  private List<UUID> enqueue(Caller tenant, int limit) {
    List<UUID> found = next(tenant, limit);
    stretches.enqueued(found);
    return found;
  }

  private Caller tenantOf(UUID stretch) {
    return new Caller(
        jdbc.sql("select tenant_id from stretch where id = :id")
            .param("id", stretch)
            .query(UUID.class)
            .single());
  }

  private boolean publishes(StretchClaim claim) {
    try {
      stretches.publish(claim, Given.manifest(), BlobKeys.segment(claim));
      return true;
    } catch (StaleClaimException e) {
      return false;
    }
  }

  private Encoding.State state(Document document) {
    return encodings.current(document.id()).orElseThrow().state();
  }

  private List<String> segmentKeys(Document document) {
    return jdbc.sql(
            """
            select g.blob_key from segment g join stretch s on s.id = g.stretch_id
            join encoding e on e.id = s.encoding_id where e.document_id = :document
            """)
        .param("document", document.id())
        .query(String.class)
        .list();
  }
}
