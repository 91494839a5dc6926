package dev.cairn.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.CairnHttp;
import dev.cairn.access.Caller;
import dev.cairn.corpus.AskedScope;
import dev.cairn.database.PostgresForTests;
import dev.cairn.web.ParseQuestion;
import dev.cairn.web.QuestionRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/** The shipped checkpoint on a real text: what it reads, whatever it makes of it. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "cairn.model=models/cairn-0.5b")
@ContextConfiguration(initializers = PostgresForTests.class)
@Import(CairnHttp.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShippedAnswerTest {

  private static final String GOLD =
      "Prince Certainpersonio was sitting by himself, eating barley-sugar";
  private static final String QUESTION = "What was Prince Certainpersonio eating?";

  private static final String NOTES =
      "The fee for mooring the ferry Hamna is 1,204.50 crowns a month. The access code of the north"
          + " gate is QX-7731. The keeper of the gate is Maria Lindgren.";
  private static final String FEE_QUESTION = "What is the fee for mooring the ferry Hamna?";
  private static final String CODE_QUESTION = "What is the access code of the north gate?";

  @Autowired private CairnHttp http;
  @Autowired private AnswerQuestion answerQuestion;
  @Autowired private ParseQuestion parseQuestion;

  private Library library;
  private Library notes;
  private String document;

  @BeforeAll
  void encode() throws IOException {
    String story =
        new ClassPathResource("demo/the-magic-fishbone.txt")
            .getContentAsString(StandardCharsets.UTF_8);
    library = new Library(http, "asked-story");
    document = library.add("story.txt", story.substring(story.indexOf("Then, Grandmarina waved")));
    notes = new Library(http, "asked-notes");
    notes.add("notes.txt", NOTES);
  }

  @Test
  void thePassageThatHoldsTheAnswerIsReadAndQuoted() {
    JsonNode answer =
        library.post(Map.of("question", QUESTION, "maxTokens", 16, "minEvidence", -1)).body();

    assertThat(answer.path("report").path("retrieval").asString())
        .isEqualTo("attention+sentence+lexical");
    assertThat(answer.path("evidence").asDouble()).isBetween(-1.0, 1.0);
    assertThat(answer.path("citations"))
        .anyMatch(citation -> citation.path("quote").asString().contains(GOLD));
    assertThat(answer.path("citations")).anyMatch(citation -> marks(citation).contains("barley"));
    for (JsonNode citation : answer.path("citations")) {
      assertThat(citation.path("quote").asString())
          .isEqualTo(
              library.text(
                  document, citation.path("start").asLong(), citation.path("end").asLong()));
    }
  }

  @Test
  void attentionAloneHasEvidenceToo() {
    JsonNode answer =
        library.post(Map.of("question", QUESTION, "maxTokens", 4, "retrieval", "attention")).body();

    assertThat(answer.path("report").path("retrieval").asString()).isEqualTo("attention");
    assertThat(answer.path("evidence").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void anAnswerWithTooLittleEvidenceBecomesAnAbstentionWithoutCitations() {
    JsonNode answer = library.post(Map.of("question", QUESTION, "minEvidence", 1)).body();

    assertThat(answer.path("text").asString()).isEqualTo("The documents do not say.");
    assertThat(answer.path("answered").asBoolean()).isFalse();
    assertThat(answer.path("citations").isEmpty()).isTrue();
    assertThat(answer.path("evidence").asDouble()).isBetween(-1.0, 1.0);
  }

  @Test
  void tellsWhatWasChosenAndByWhichScore() {
    JsonNode answer = library.post(Map.of("question", QUESTION, "trace", true)).body();

    assertThat(answer.path("text").asString()).contains("barley-sugar");
    JsonNode trace = answer.path("trace");
    assertThat(trace).hasSize(answer.path("usage").path("answerTokens").asInt());
    JsonNode chosen = trace.path(0).path("blocks").path(0);
    assertThat(chosen).isNotEmpty();
    assertThat(chosen.valueStream().mapToDouble(chunk -> chunk.path("weight").asDouble()).sum())
        .isBetween(0.0, 1.0);
    assertThat(chosen)
        .anyMatch(chunk -> chunk.path("cosine").isNumber() && chunk.path("words").isNumber());
  }

  @ParameterizedTest
  @ValueSource(strings = {CODE_QUESTION, FEE_QUESTION})
  void anAnswerThatIsCutIsDeliveredAsCut(String question) {
    JsonNode whole = notes.ask(question, 64);
    int tokens = whole.path("usage").path("answerTokens").asInt();
    assertThat(whole.path("answered").asBoolean()).as("%s", whole).isTrue();

    for (int maxTokens = 1; maxTokens < tokens; maxTokens++) {
      JsonNode cut = notes.ask(question, maxTokens);
      assertThat(whole.path("text").asString()).startsWith(cut.path("text").asString());
      assertThat(cut.path("text").asString()).isNotEmpty();
      assertThat(cut.path("answered").asBoolean()).as("%s", cut).isTrue();
      assertThat(cut.path("finishReason").asString()).isEqualTo("length");
      assertThat(cut.path("usage").path("answerTokens").asInt()).isEqualTo(maxTokens);
      assertThat(cut.path("citations")).isNotEmpty();
    }
  }

  @Test
  void theFirstWordsAreToldBeforeTheLastAreWritten() {
    WatchedAnswer reader = new WatchedAnswer();
    answered(FEE_QUESTION, reader);

    assertThat(reader.text()).isEqualTo("1,204.50 crowns a month");
    assertThat(reader.tokensBeforeText()).isBetween(8, 11);
  }

  @Test
  void anAnswerMayEndWithinAFigure() {
    JsonNode cut = notes.post(Map.of("question", CODE_QUESTION, "stop", List.of("73"))).body();

    assertThat(cut.path("text").asString()).isEqualTo("QX-7");
    assertThat(cut.path("finishReason").asString()).isEqualTo("stop");
    assertThat(cut.path("answered").asBoolean()).isTrue();
  }

  @Test
  void anAbstentionTellsWhatWasLookedAt() {
    JsonNode answer = library.post(Map.of("question", QUESTION, "minEvidence", 1)).body();

    assertThat(answer.path("lookedAt")).hasSizeBetween(1, 3);
    assertThat(answer.path("lookedAt"))
        .anyMatch(passage -> passage.path("quote").asString().contains(GOLD))
        .allMatch(passage -> passage.path("weak").asBoolean());
  }

  @Test
  void soDoesOneBeforeAWordWasWritten() {
    JsonNode answer = notes.ask("Who wrote the opera Fidelio?", 64);

    assertThat(answer.path("text").asString()).isEqualTo(Abstention.TEXT);
    assertThat(answer.path("usage").path("answerTokens").asInt()).isZero();
    assertThat(answer.path("lookedAt")).hasSize(1);
    assertThat(answer.path("evidence").asDouble()).isBetween(0.0, 0.85);
  }

  @Test
  void anAnswerThatItsClientEndsKeepsItsOwnText() {
    for (int pieces = 1; pieces <= 3; pieces++) {
      Answer answer = answered(CODE_QUESTION, new WatchedAnswer(pieces));

      assertThat(answer.state()).isEqualTo(Answer.State.CANCELLED);
      AnswerContent content = Objects.requireNonNull(answer.content());
      assertThat("QX-7731").startsWith(content.text());
      assertThat(content.usage().answerTokens()).isEqualTo(pieces);
      assertThat(content.finishReason()).isEqualTo("cancelled");
    }
  }

  /** The words that are marked. */
  private static List<String> marks(JsonNode citation) {
    String quote = citation.path("quote").asString();
    long start = citation.path("start").asLong();
    return citation
        .path("marks")
        .valueStream()
        .map(
            mark ->
                quote.substring(
                    quote.offsetByCodePoints(0, (int) (mark.path("start").asLong() - start)),
                    quote.offsetByCodePoints(0, (int) (mark.path("end").asLong() - start))))
        .toList();
  }

  private Answer answered(String text, WatchedAnswer reader) {
    Question question =
        parseQuestion.parse(
            new QuestionRequest(
                text, null, null, null, null, null, null, null, null, null, null, null, null));
    return answerQuestion.answer(
        Caller.ofDefaultTenant(), AskedScope.of("asked-notes"), question, reader);
  }
}
