package dev.cairn.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

  private static final String PORT = "localhost:1";

  private static CommandRun list(String server) {
    return CommandRun.of("corpus", "list", "--server", server);
  }

  @ParameterizedTest
  @ValueSource(strings = {PORT, "http://" + PORT, "HTTP://" + PORT, " " + PORT + " ", PORT + "/"})
  void aServerIsFoundWithAndWithoutAScheme(String server) {
    assertThat(list(server).exitCode()).isEqualTo(CairnCommand.UNREACHABLE);
    assertThat(list(server).err()).contains("No Cairn server answers at", "--server");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "http://",
        "ftp://localhost",
        "file:///tmp/a",
        "http:localhost:8080",
        "local host:8080",
        "http://localhost:99999",
        "http://localhost:port",
        "http://localhost:8080?a=b"
      })
  void whatIsNoAddressIsAWrongCommandLine(String server) {
    CommandRun run = list(server);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines().findFirst())
        .hasValueSatisfying(
            line ->
                assertThat(line)
                    .contains("--server", "is no address of a server: name one like")
                    .doesNotContain("Exception", "java."));
  }

  @Test
  void anAddressWithoutASchemeReachesTheServer() {
    try (var fake = new FakeServer().on("/api/v1/corpora?limit=200", 200, "{\"items\":[]}")) {
      assertThat(list(fake.address().replace("http://", "")).exitCode()).isZero();
    }
  }

  @Test
  void somethingThatSpeaksNoHttpIsToldInASentence() throws Exception {
    try (var other = new ServerSocket(0)) {
      Thread.ofVirtual().start(() -> hangUp(other));
      CommandRun run = list("localhost:" + other.getLocalPort());

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err())
          .contains("did not answer as a Cairn server does")
          .doesNotContain("Exception", "java.");
    }
  }

  /** Takes the first request and sends what is no answer. */
  private static void hangUp(ServerSocket server) {
    try (var client = server.accept()) {
      client.getInputStream().read();
      client.getOutputStream().write("220 mail.example ready\r\n".getBytes(US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
