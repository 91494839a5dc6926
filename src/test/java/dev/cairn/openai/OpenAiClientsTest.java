package dev.cairn.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import dev.cairn.answer.Library;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** OpenAI's own clients against the running service. {@code .ci/run} installs them. */
@CairnTest
class OpenAiClientsTest {

  private static final String CORPUS = "official";
  private static final String QUESTION = "What is the gate code?";
  private static final Path CLIENTS =
      Path.of(System.getenv().getOrDefault("CAIRN_OPENAI_CLIENTS", "target/openai-clients"))
          .toAbsolutePath();

  @Autowired private CairnHttp http;
  @LocalServerPort private int port;
  private Library library;

  @BeforeEach
  void upload() {
    library = new Library(http, CORPUS);
    library.add("codes.txt", "The gate code is QX-7731. Fee 8.40. ".repeat(30));
  }

  @Test
  void python() throws Exception {
    Path program = CLIENTS.resolve("python/bin/python");
    needs(program);
    assertAnswers(run(program.toString(), "src/test/openai/client.py"));
  }

  @Test
  void javaScript() throws Exception {
    needs(CLIENTS.resolve("node_modules/openai"));
    assertAnswers(run("node", "src/test/openai/client.mjs", CLIENTS.toString()));
  }

  private static void needs(Path installed) {
    assumeTrue(Files.exists(installed), installed + " is not there: .ci/run installs it");
  }

  private JsonNode run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.command().add("http://localhost:" + port + "/v1");
    builder.command().add("cairn/" + CORPUS);
    builder.command().add(QUESTION);
    Process process = builder.redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(out).isZero();
    return new JsonMapper().readTree(out);
  }

  private void assertAnswers(JsonNode seen) {
    JsonNode answer = library.ask(QUESTION, 24);
    String text = answer.path("text").asString();
    assertThat(seen.path("models").valueStream().map(JsonNode::asString))
        .contains("cairn/" + CORPUS);
    assertThat(seen.path("model").asString()).isEqualTo("cairn/" + CORPUS);
    assertThat(seen.path("text").asString()).isEqualTo(text);
    assertThat(seen.path("streamed").asString()).isEqualTo(text);
    assertThat(seen.path("finishReason").asString()).isEqualTo("length");
    assertThat(seen.path("completionTokens").asInt()).isEqualTo(24);
    assertThat(seen.path("streamedCompletionTokens").asInt()).isEqualTo(24);
    assertThat(seen.path("cachedTokens").asLong())
        .isEqualTo(answer.path("report").path("tokensNotReencoded").asLong());
    assertThat(text).startsWith(seen.path("stopped").asString());
    assertThat(seen.path("stopped").asString().length()).isLessThan(text.length());
    assertThat(seen.path("error").asString()).isEqualTo("model_not_found");
  }
}
