package dev.cairn.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import dev.cairn.access.Caller;
import dev.cairn.citation.Citation;
import dev.cairn.corpus.AskedScope;
import dev.cairn.corpus.LeftOut;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import dev.cairn.web.ParseQuestion;
import dev.cairn.web.QuestionRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;

/** A document is deleted while an answer reads it. */
@CairnTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeletedWhileAnsweringTest {

  private static final String CORPUS = "asked-deleted";
  private static final String QUESTION = "What is the total?";
  private static final int TOKENS = 12;
  private static final int RACES = 25;

  @Autowired private CairnHttp http;
  @Autowired private AnswerQuestion answerQuestion;
  @Autowired private ParseQuestion parseQuestion;

  @Value("${cairn.data}")
  private Path data;

  private Library library;
  private String kept;
  private int deleted;

  @BeforeEach
  void upload() {
    library = new Library(http, CORPUS);
    kept = library.add("kept.txt", "The total that stays is 18 euros. ".repeat(3));
  }

  @Test
  void whatWasReadAndDeletedSinceIsNotCitedAndTheAnswerSaysSo() {
    String document = addAnother();

    Answer answer = answerDeletingAt(TOKENS, document);

    AnswerContent content = content(answer);
    assertThat(answer.state()).isEqualTo(Answer.State.FINISHED);
    assertThat(content.leftOut())
        .containsExactly(
            new LeftOut(
                UUID.fromString(document), "deleted-%d.txt".formatted(deleted), "deleted", 0));
    assertThat(content.citations())
        .isNotEmpty()
        .allMatch(citation -> citation.documentId().toString().equals(kept));
    assertThat(content.citations().stream().mapToDouble(Citation::weight).sum())
        .as("what was read of the deleted one still counts")
        .isLessThan(1);
  }

  @Test
  void aDocumentWhoseTextIsLostIsNotCitedEither() throws IOException {
    String document = addAnother();
    Files.delete(textOf(document));

    JsonNode answer = library.ask(QUESTION, TOKENS);

    assertThat(answer.path("citations"))
        .isNotEmpty()
        .allMatch(citation -> citation.path("documentId").asString().equals(kept));
    assertThat(answer.path("leftOut"))
        .anySatisfy(
            leftOut -> {
              assertThat(leftOut.path("documentId").asString()).isEqualTo(document);
              assertThat(leftOut.path("reason").asString()).isEqualTo("corrupt");
            });
    assertThat(http.delete("/api/v1/documents/" + document).status()).isEqualTo(204);
  }

  private Path textOf(String document) throws IOException {
    try (Stream<Path> files = Files.walk(data.resolve("blobs"))) {
      return files.filter(file -> file.endsWith(document + "/text")).findAny().orElseThrow();
    }
  }

  @Test
  void atWhateverTokenItIsDeletedTheAnswerIsWholeOrSaysWhy() {
    for (int token = 1; token <= TOKENS; token++) {
      String document = addAnother();
      try {
        assertThat(content(answerDeletingAt(token, document)).citations())
            .allMatch(citation -> citation.documentId().toString().equals(kept));
      } catch (Problem problem) {
        assertThat(problem.code()).isEqualTo(ProblemCode.MODEL_UNAVAILABLE);
        assertThat(problem.detail()).contains("was deleted", "ask again");
      }
    }
  }

  @Test
  void aWaitingClientAlwaysGetsAnAnswer() {
    for (int race = 0; race < RACES; race++) {
      String document = addAnother();
      CompletableFuture<CairnHttp.Answer> asked =
          CompletableFuture.supplyAsync(
              () -> library.post(Map.of("question", QUESTION, "maxTokens", TOKENS)));
      LockSupport.parkNanos(race * 1_200_000L);
      assertThat(http.delete("/api/v1/documents/" + document).status()).isEqualTo(204);

      CairnHttp.Answer answer = asked.join();

      assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
      assertQuotesAreOfDocumentsThatAreThereOrSaidToBeDeleted(
          http.get("/api/v1/answers/" + answer.body().path("id").asString()).body(), document);
    }
  }

  private void assertQuotesAreOfDocumentsThatAreThereOrSaidToBeDeleted(
      JsonNode answer, String document) {
    for (JsonNode citation : answer.path("citations")) {
      String id = citation.path("documentId").asString();
      assertThat(id).isIn(kept, document);
      assertThat(citation.path("sourceDeleted").asBoolean()).isEqualTo(id.equals(document));
    }
  }

  private String addAnother() {
    String text = "The total that goes is %d euros. ".formatted(++deleted).repeat(3);
    String id = library.add("deleted-%d.txt".formatted(deleted), text);
    library.ask(QUESTION, TOKENS);
    return id;
  }

  private static AnswerContent content(Answer answer) {
    return Objects.requireNonNull(answer.content());
  }

  /** As for a client that has read what was written, so that nothing can be written again. */
  private Answer answerDeletingAt(int token, String document) {
    Question question =
        parseQuestion.parse(
            new QuestionRequest(
                QUESTION, null, TOKENS, null, null, null, null, null, null, null, null, null,
                null));
    return answerQuestion.answer(
        Caller.ofDefaultTenant(),
        AskedScope.of(CORPUS),
        question,
        new Deleting(token, () -> http.delete("/api/v1/documents/" + document)));
  }

  /** Deletes when so many tokens were written. */
  private static final class Deleting extends WatchedAnswer {

    private final int token;
    private final Runnable delete;
    private int written;

    Deleting(int token, Runnable delete) {
      this.token = token;
      this.delete = delete;
    }

    @Override
    public boolean wrote(String piece) {
      if (++written == token) {
        delete.run();
      }
      return super.wrote(piece);
    }
  }
}
