package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.Server;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTest {

  private final FakeServer fake = new FakeServer();

  @AfterEach
  void stop() {
    fake.close();
  }

  @Test
  void aProblemEndsWithOneAndPrintsWhatToDo() {
    fake.on(
        "/api/v1/questions",
        409,
        """
        {"code":"corpus_empty","title":"Conflict","detail":"Upload a document first."}
        """);

    CommandRun run = CommandRun.of("ask", "--server", fake.address(), "--corpus", "attic", "Who?");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).isEqualToIgnoringNewLines("Upload a document first. (corpus_empty)");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void somethingElseThanACairnServerIsSaidPlainly() {
    fake.on("/api/v1/corpora?limit=200", 200, "<html>hello</html>");

    CommandRun run = CommandRun.of("corpus", "list", "--server", fake.address());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("did not answer as a Cairn server does");
  }

  @Test
  void aListIsReadToItsLastPage() {
    fake.on("/api/v1/corpora?limit=200", 200, "{\"items\":[{\"slug\":\"a\"}],\"cursor\":\"x+y\"}")
        .on("/api/v1/corpora?limit=200&cursor=x%2By", 200, "{\"items\":[{\"slug\":\"b\"}]}");

    CommandRun run = CommandRun.of("corpus", "list", "--json", "--server", fake.address());

    assertThat(Server.JSON.readTree(run.out()).findValuesAsString("slug"))
        .containsExactly("a", "b");
  }

  @Test
  void namesCannotLeaveTheirPlaceInThePath() {
    fake.on("/api/v1/corpora/..%2Fa%20b%3Fc", 204, "");

    CommandRun run = CommandRun.of("corpus", "delete", "../a b?c", "--server", fake.address());

    assertThat(run.exitCode()).isZero();
  }

  @Test
  void anUploadSendsTheFileByteForByteAndCountsIt(@TempDir Path folder) throws IOException {
    byte[] content = new byte[100_000];
    new Random(7).nextBytes(content);
    Path file = Files.write(folder.resolve("a \"b\".md"), content);
    fake.on("/api/v1/corpora/library/documents", 202, "{\"id\":\"1\"}");
    var sent = new AtomicLong();

    new Server(URI.create(fake.address())).upload("library", file, "Title é", sent::set);

    FakeServer.Request request = fake.requests().getFirst();
    String body = new String(request.body(), StandardCharsets.ISO_8859_1);
    assertThat(request.contentType()).startsWith("multipart/form-data; boundary=");
    assertThat(body)
        .contains(new String(content, StandardCharsets.ISO_8859_1))
        .contains("filename=\"a %22b%22.md\"\r\nContent-Type: text/markdown\r\n\r\n");
    assertThat(new String(request.body(), StandardCharsets.UTF_8)).contains("\r\n\r\nTitle é\r\n");
    assertThat(sent).hasValue(content.length);
  }
}
