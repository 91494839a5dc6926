package dev.cairn.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cairn.CairnApplication;
import dev.cairn.CairnHttp;
import dev.cairn.ServiceArguments;
import dev.cairn.database.PostgresForTests;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The service is stopped and started again on the same database and data folder. */
class RestartTest {

  private static final List<String> QUESTIONS =
      IntStream.range(0, 50).mapToObj("Which owl sits on branch %d?"::formatted).toList();

  @TempDir private Path data;

  private String database;

  @BeforeEach
  void createDatabase() {
    database = PostgresForTests.createDatabase();
  }

  @Test
  void aHundredOfAHundredAnswersAreTheSameWarmAndAfterARestart() {
    List<JsonNode> cold;
    List<JsonNode> warm;
    try (ConfigurableApplicationContext service = start()) {
      library(service).add("owls.txt", owls());
      cold = askAll(service);
      warm = askAll(service);
    }
    List<JsonNode> restarted;
    try (ConfigurableApplicationContext service = start()) {
      restarted = askAll(service);
    }

    assertThat(said(warm)).isEqualTo(said(cold));
    assertThat(said(restarted)).isEqualTo(said(cold));
    assertThat(ids(cold, warm, restarted)).hasSize(3 * QUESTIONS.size());
    assertThat(landmarkBytesLoaded(cold)).isPositive();
    assertThat(landmarkBytesLoaded(warm)).isZero();
    assertThat(landmarkBytesLoaded(restarted)).isEqualTo(landmarkBytesLoaded(cold));
  }

  @Test
  void anAnswerThatTheProgramDidNotLiveToFinishHasFailed() {
    String id;
    try (ConfigurableApplicationContext service = start()) {
      Library library = library(service);
      library.add("owls.txt", "One owl sits here.");
      id = library.ask("Which owl?", 1).path("id").asString();
      service
          .getBean(JdbcClient.class)
          .sql("update answer set state = 'RUNNING', content = null, alive_until = now()")
          .update();
    }
    try (ConfigurableApplicationContext service = start()) {
      await().untilAsserted(() -> assertHasFailed(http(service), id));
    }
  }

  private static void assertHasFailed(CairnHttp http, String id) {
    JsonNode answer = http.get("/api/v1/answers/" + id).body();
    assertThat(answer.path("state").asString()).isEqualTo("failed");
    assertThat(answer.path("failure").path("detail").asString()).contains("ask again");
  }

  private ConfigurableApplicationContext start() {
    return new SpringApplicationBuilder(CairnApplication.class, CairnHttp.class)
        .run(ServiceArguments.of(database, data, 0, "--cairn.answer.context-tokens=1024"));
  }

  private static CairnHttp http(ConfigurableApplicationContext service) {
    return service.getBean(CairnHttp.class);
  }

  private static Library library(ConfigurableApplicationContext service) {
    return new Library(http(service), "owls");
  }

  private static String owls() {
    StringBuilder text = new StringBuilder();
    IntStream.range(0, 30)
        .forEach(i -> text.append("Owl %d sits on branch %d. ".formatted(i, 3 * i)));
    return text.toString();
  }

  private static List<JsonNode> askAll(ConfigurableApplicationContext service) {
    return QUESTIONS.stream().map(question -> library(service).ask(question, 4)).toList();
  }

  /** All of an answer that must not change. */
  private static List<List<JsonNode>> said(List<JsonNode> answers) {
    return answers.stream()
        .map(
            answer ->
                List.of(
                    answer.path("question"),
                    answer.path("text"),
                    answer.path("usage"),
                    answer.path("citations")))
        .toList();
  }

  @SafeVarargs
  private static Set<String> ids(List<JsonNode>... answers) {
    Set<String> ids = new HashSet<>();
    for (List<JsonNode> some : answers) {
      some.forEach(answer -> ids.add(answer.path("id").asString()));
    }
    return ids;
  }

  private static long landmarkBytesLoaded(List<JsonNode> answers) {
    return answers.stream()
        .mapToLong(answer -> answer.path("report").path("landmarkBytesLoaded").asLong())
        .sum();
  }
}
