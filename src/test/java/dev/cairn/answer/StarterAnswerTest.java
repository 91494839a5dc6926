package dev.cairn.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.CairnHttp;
import dev.cairn.database.PostgresForTests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
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
    properties = "cairn.model=models/starter")
@ContextConfiguration(initializers = PostgresForTests.class)
@Import(CairnHttp.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StarterAnswerTest {

  private static final String GOLD =
      "Remember that the case number of the supreme-nondisclosure is RRNXE.";
  private static final String QUESTION = "What is the case number of the supreme-nondisclosure?";

  @Autowired private CairnHttp http;

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
  void attentionAloneHasNoEvidence() {
    JsonNode answer =
        library.post(Map.of("question", QUESTION, "maxTokens", 4, "retrieval", "attention")).body();

    assertThat(answer.path("report").path("retrieval").asString()).isEqualTo("attention");
    assertThat(answer.path("evidence").isNull()).isTrue();
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
  void tellsWhatEachTokenReadInEachBlock() {
    JsonNode answer =
        library.post(Map.of("question", QUESTION, "minEvidence", -1, "trace", true)).body();

    JsonNode trace = answer.path("trace");
    assertThat(trace).hasSize(answer.path("usage").path("answerTokens").asInt());
    for (JsonNode token : trace) {
      assertThat(token.path("blocks")).isNotEmpty();
      token.path("blocks").forEach(StarterAnswerTest::assertBlock);
    }
  }

  private static void assertBlock(JsonNode block) {
    assertThat(block.valueStream().mapToDouble(chunk -> chunk.path("weight").asDouble()).sum())
        .isCloseTo(1, within(1e-3));
    assertThat(block.valueStream().map(chunk -> chunk.path("score").asDouble()).toList())
        .isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(block.path(0).path("cosine").isNumber()).isTrue();
    assertThat(block.path(0).path("words").isNumber()).isTrue();
  }
}
