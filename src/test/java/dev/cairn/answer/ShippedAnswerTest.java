package dev.cairn.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.CairnHttp;
import dev.cairn.database.PostgresForTests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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
    properties = "cairn.model=models/cairn-0.5b")
@ContextConfiguration(initializers = PostgresForTests.class)
@Import(CairnHttp.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShippedAnswerTest {

  private static final String GOLD =
      "Prince Certainpersonio was sitting by himself, eating barley-sugar";
  private static final String QUESTION = "What was Prince Certainpersonio eating?";

  @Autowired private CairnHttp http;

  private Library library;
  private String document;

  @BeforeAll
  void encode() throws IOException {
    String story =
        new ClassPathResource("demo/the-magic-fishbone.txt")
            .getContentAsString(StandardCharsets.UTF_8);
    library = new Library(http, "asked-story");
    document = library.add("story.txt", story.substring(story.indexOf("Then, Grandmarina waved")));
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
}
