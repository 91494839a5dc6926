package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** With {@code --json} each command prints one JSON document and nothing else. */
class JsonOutputTest {

  /** Refuses anything behind the document. */
  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private static final String READY =
      """
      {"id":"01890a5d-ac96-774b-bcce-b302099a8057","sha256":"0","mediaType":"text/plain",
       "bytes":5,"state":"extracted","stage":"ready","percent":100,"characters":5,"tokens":5,
       "chunks":1,"bytesStored":9,"createdAt":"2026-01-01T00:00:00Z"}
      """;

  private final FakeServer fake =
      new FakeServer()
          .on("/api/v1/corpora?limit=200", 200, "{\"items\":[{\"slug\":\"a\"}]}")
          .on("/api/v1/corpora/a", 200, "{\"slug\":\"a\"}")
          .on("/api/v1/corpora/a/documents?limit=200", 200, "{\"items\":[{\"id\":\"7\"}]}")
          .on("/api/v1/documents/7", 200, "{\"id\":\"7\"}")
          .on("/api/v1/corpora/a/documents/7", 204, "")
          .on("/api/v1/corpora/a/questions", 200, "{\"text\":\"Lucas\"}")
          .on(
              "/api/v1/corpora/a/documents",
              202,
              "{\"id\":\"01890a5d-ac96-774b-bcce-b302099a8057\"}")
          .on("/api/v1/documents/01890a5d-ac96-774b-bcce-b302099a8057", 200, READY);

  @AfterEach
  void stop() {
    fake.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "corpus list",
        "corpus show a",
        "corpus delete a",
        "document list --corpus a",
        "document show 7",
        "document delete 7",
        "document delete 7 --corpus a",
        "ask --corpus a Who?"
      })
  void standardOutputIsOneDocument(String command) {
    assertThat(json(command.split(" ")).isEmpty()).isFalse();
  }

  private JsonNode json(String... command) {
    String[] args = Arrays.copyOf(command, command.length + 2);
    args[command.length] = "--json";
    args[command.length + 1] = "--server=" + fake.address();
    CommandRun run = CommandRun.of(args);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return STRICT.readTree(run.out());
  }
}
