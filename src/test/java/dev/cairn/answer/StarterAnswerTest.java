package dev.cairn.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.CairnHttp;
import dev.cairn.access.Caller;
import dev.cairn.database.PostgresForTests;
import dev.cairn.memory.AskedScope;
import dev.cairn.memory.ChunkMemories;
import dev.cairn.memory.Scopes;
import dev.cairn.model.HsaModel;
import dev.cairn.model.SentenceEncoder;
import dev.cairn.model.TextTokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/** The shipped checkpoint on a real text: what it reads, whatever it makes of it. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "cairn.model=models/starter")
@ContextConfiguration(initializers = PostgresForTests.class)
@Import(CairnHttp.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StarterAnswerTest {

  private static final String GOLD =
      "Remember that the case number of the supreme-nondisclosure is RRNXE.";
  private static final String QUESTION = "What is the case number of the supreme-nondisclosure?";

  @Autowired private CairnHttp http;
  @Autowired private Scopes scopes;
  @Autowired private ReadQuestion readQuestion;
  @Autowired private HsaModel model;
  @Autowired private TextTokenizer tokenizer;
  @Autowired private Optional<SentenceEncoder> sentences;
  @Autowired private ChunkMemories memories;
  @Autowired private CiteAnswer citeAnswer;
  @Autowired private ReportCache reportCache;

  private Library library;
  private String document;

  @BeforeAll
  void encode() throws IOException {
    String story =
        new ClassPathResource("demo/the-empty-house.txt")
            .getContentAsString(StandardCharsets.UTF_8);
    int middle = story.indexOf("\n\n", 3_000);
    int end = story.indexOf("\n\n", 6_000);
    library = new Library(http, "asked-story");
    document =
        library.add(
            "story.txt", story.substring(0, middle) + "\n\n" + GOLD + story.substring(middle, end));
  }

  @Test
  void thePassageThatHoldsTheAnswerIsReadAndQuoted() {
    JsonNode answer = library.ask(QUESTION, 16);

    assertThat(answer.path("report").path("retrieval").asString()).isEqualTo("attention+sentence");
    assertThat(answer.path("evidence").asDouble()).isBetween(-1.0, 1.0).isNotZero();
    assertThat(answer.path("citations"))
        .anyMatch(citation -> citation.path("quote").asString().contains(GOLD));
    for (JsonNode citation : answer.path("citations")) {
      assertThat(citation.path("quote").asString())
          .isEqualTo(
              library.text(
                  document, citation.path("start").asLong(), citation.path("end").asLong()));
    }
  }

  @Test
  void attentionAloneHasNoEvidence() {
    JsonNode answer =
        library.post(Map.of("question", QUESTION, "maxTokens", 4, "retrieval", "attention")).body();

    assertThat(answer.path("report").path("retrieval").asString()).isEqualTo("attention");
    assertThat(answer.path("evidence").isNull()).isTrue();
  }

  @Test
  void anAnswerWithTooLittleEvidenceBecomesAnAbstentionWithoutCitations() {
    AnswerSettings demanding =
        new AnswerSettings(384, null, 1_000, 128, Duration.ofMinutes(10), 1000, 1.0);
    var finishAnswer = new FinishAnswer(citeAnswer, reportCache, sentences, demanding);
    var generateAnswer = new GenerateAnswer(model, tokenizer, sentences, memories, finishAnswer);
    Caller caller = Caller.ofDefaultTenant();
    Question question =
        readQuestion.read(
            new QuestionRequest(QUESTION, null, 4, null, null, null, null, null, null, null, null));

    AnswerContent answer =
        generateAnswer.generate(
            caller,
            scopes.resolve(caller, AskedScope.of("asked-story")),
            question,
            new WatchedAnswer());

    assertThat(answer.text()).isEqualTo("The documents do not say.");
    assertThat(answer.answered()).isFalse();
    assertThat(answer.citations()).isEmpty();
    assertThat(answer.evidence()).isBetween(0.0, 1.0);
  }
}
