package dev.cairn.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.CairnHttp;
import dev.cairn.database.PostgresForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The development questions, asked of the passages of every second fact, so that most have no
 * answer there and the model is tempted to make one up.
 */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "cairn.model=models/cairn-0.5b")
@ContextConfiguration(initializers = PostgresForTests.class)
@Import(CairnHttp.class)
@Tag("slow")
class DevelopmentAnswersTest {

  private static final Path DEVELOPMENT = Path.of("docs/evaluation/development");
  private static final Pattern FIGURES =
      Pattern.compile("[\\p{L}\\p{N}]*\\p{N}(?:[\\p{L}\\p{N}.,-]*[\\p{L}\\p{N}])?");

  private static final int AROUND = 80;
  private static final JsonMapper JSON = new JsonMapper();

  @Autowired private CairnHttp http;

  @Test
  void whateverFigureOrCodeAnAnswerStatesStandsInWhatItCites() throws IOException {
    List<JsonNode> questions =
        Files.readAllLines(DEVELOPMENT.resolve("questions.jsonl")).stream()
            .map(JSON::readTree)
            .toList();
    Library library = new Library(http, "development");
    for (JsonNode question : questions) {
      if (question.path("kind").asString().endsWith("fact") && question.has("start")) {
        addPassage(question, library);
      }
    }
    int figures = 0;
    for (JsonNode question : questions) {
      String text = question.path("question").asString();
      figures += figures(library.post(Map.of("question", text, "minEvidence", 0)).body());
    }
    assertThat(figures).isGreaterThan(20);
  }

  private static void addPassage(JsonNode fact, Library library) throws IOException {
    Path document = DEVELOPMENT.resolve("documents").resolve(fact.path("document").asString());
    String text = Files.readString(document);
    int from = text.offsetByCodePoints(0, fact.path("start").asInt());
    int to = text.offsetByCodePoints(0, fact.path("end").asInt());
    library.add(
        fact.path("id").asString() + ".txt",
        text.substring(Math.max(0, from - AROUND), Math.min(text.length(), to + AROUND)));
  }

  private static int figures(JsonNode answer) {
    String quotes =
        answer
            .path("citations")
            .valueStream()
            .map(citation -> citation.path("quote").asString())
            .collect(Collectors.joining("\n"));
    var stated = FIGURES.matcher(answer.path("text").asString()).results().map(MatchResult::group);
    var figures = stated.toList();
    assertThat(figures).as("%s", answer).allMatch(figure -> holds(quotes, figure));
    return figures.size();
  }

  private static boolean holds(String quotes, String figure) {
    return Pattern.compile("(?<![\\p{L}\\p{N}])\\Q%s\\E(?![\\p{L}\\p{N}])".formatted(figure))
        .matcher(quotes)
        .find();
  }
}
