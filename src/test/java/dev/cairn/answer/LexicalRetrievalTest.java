package dev.cairn.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

@CairnTest
@TestPropertySource(properties = {"cairn.lexical.scale=1000", "cairn.memory.sweep-interval=100ms"})
class LexicalRetrievalTest {

  private static final String FILLER = "Nothing of note was seen on that road. ";

  private static final String GOLD = "An owl, an owl, an owl, an owl. ";

  private static final String QUESTION = "Which owls?";

  @Autowired private CairnHttp http;

  @Value("${cairn.data}")
  private Path data;

  private static Map<String, Object> question() {
    return Map.of(
        "question", QUESTION, "retrieval", "attention+lexical", "maxTokens", 1, "trace", true);
  }

  @Test
  void wordsChooseTheChunkThatHoldsThemFromUploadToDeletion() throws IOException {
    Library library = new Library(http, "lexical-kept");
    String text = FILLER.repeat(40) + GOLD + FILLER.repeat(40);
    String document = library.add("owl.txt", text);

    await().untilAsserted(() -> assertThat(indexes()).isNotEmpty());
    assertFindsGold(library, text.indexOf(GOLD));

    http.delete("/api/v1/documents/" + document);

    await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(indexes()).isEmpty());
  }

  private static void assertFindsGold(Library library, int gold) {
    JsonNode answer = library.post(question()).body();
    assertThat(answer.path("report").path("retrieval").asString()).isEqualTo("attention+lexical");
    assertThat(answer.path("evidence").isNull()).isTrue();
    JsonNode blocks = answer.path("trace").path(0).path("blocks");
    assertThat(blocks).isNotEmpty();
    for (JsonNode block : blocks) {
      assertThat(block.path(0).path("start").asLong()).isLessThan(gold + GOLD.length());
      assertThat(block.path(0).path("end").asLong()).isGreaterThan(gold);
      assertThat(block.path(0).path("words").asDouble()).isPositive();
    }
  }

  private List<Path> indexes() throws IOException {
    try (Stream<Path> indexes = Files.list(data.resolve("lexical"))) {
      return indexes.toList();
    }
  }
}
