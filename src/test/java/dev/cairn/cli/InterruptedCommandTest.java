package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import dev.cairn.checkpoint.TinyCheckpoint;
import jakarta.servlet.ServletContext;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;

/** Ctrl-C in the middle of a command that sends a file or writes files. */
@CairnTest
class InterruptedCommandTest {

  private static final int INTERRUPTED = 130;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SENTENCE = "The lamp is lit at dusk and put out at dawn. ";

  @TempDir private Path folder;
  @Autowired private CairnHttp http;
  @Autowired private ServletContext servlets;

  @Value("${cairn.data}")
  private Path data;

  private String server;

  @BeforeEach
  void findServer() {
    server = "http://localhost:" + http.port();
  }

  @Test
  void anUploadThatIsCutLeavesNothingOnTheServer() throws Exception {
    String file = text(1_000_000);
    try (var line = new SlowLine(http.port(), 1 << 20);
        var upload = upload(line.address(), "cut-upload", file)) {
      await().atMost(PATIENCE).until(() -> line.isSlow() && !received().isEmpty());

      upload.interrupt();

      assertThat(upload.exitCode()).isEqualTo(INTERRUPTED);
      assertThat(upload.err()).contains("to go on, run the same command again");
      assertThat(upload.out()).isEmpty();
      assertThat(upload.temporaryFiles()).isEmpty();
    }
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(received()).isEmpty());
    assertThat(http.get("/api/v1/corpora/cut-upload").code()).isEqualTo("corpus_not_found");
  }

  /** Files of requests that the server reads, and staged blobs. */
  private List<Path> received() throws IOException {
    File parts = (File) servlets.getAttribute(ServletContext.TEMPDIR);
    try (Stream<Path> ofRequests = Files.walk(parts.toPath());
        Stream<Path> staged = Files.walk(data.resolve("blobs/.staging"))) {
      return Stream.concat(ofRequests, staged).filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void theServerGoesOnEncodingWhatWasUploaded() throws Exception {
    try (var upload = upload(server, "cut-encoding", text(5_000))) {
      await().atMost(PATIENCE).until(() -> !documents("cut-encoding").isEmpty());
      String id = documents("cut-encoding").path(0).path("id").asString();
      Thread.sleep(Duration.ofSeconds(1));

      upload.interrupt();

      assertThat(upload.exitCode()).isEqualTo(INTERRUPTED);
      assertThat(upload.err()).contains("goes on encoding", "cairn document show " + id);
      assertThat(upload.out()).isEmpty();
      assertThat(http.delete("/api/v1/documents/" + id).status()).isEqualTo(204);
    }
  }

  private JsonNode documents(String corpus) {
    return http.get("/api/v1/corpora/%s/documents".formatted(corpus)).body().path("items");
  }

  private CommandProcess upload(String address, String corpus, String file) throws Exception {
    return command("document", "upload", "--corpus", corpus, "--server", address, file);
  }

  private CommandProcess command(String... arguments) throws Exception {
    return CommandProcess.start(folder, Map.of(), arguments);
  }

  private String text(int sentences) throws IOException {
    return Files.writeString(folder.resolve("lamp.txt"), SENTENCE.repeat(sentences)).toString();
  }

  @Test
  void aCheckpointThatIsHalfConvertedIsRemoved() throws Exception {
    Path checkpoints = Files.createDirectory(folder.resolve("checkpoints"));
    Path from =
        new TinyCheckpoint(Files.createDirectory(folder.resolve("wide"))).widened(100_000).write();
    String to = checkpoints.resolve("f32").toString();
    try (var convert = command("convert", from.toString(), to, "--to", "f32")) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> bytesIn(checkpoints) > 10 << 20);

      convert.interrupt();

      assertThat(convert.exitCode()).isEqualTo(INTERRUPTED);
      assertThat(checkpoints).isEmptyDirectory();
      assertThat(convert.out()).isEmpty();
      assertThat(convert.err()).doesNotContain("Exception");
    }
  }

  @Test
  void theDocumentsOfABenchmarkAreRemoved() throws Exception {
    Path scratch = Files.createDirectory(folder.resolve("scratch"));
    try (var bench = command("bench", "scan", "--folder", scratch.toString())) {
      await().atMost(PATIENCE).until(() -> bytesIn(scratch) > 10 << 20);

      bench.interrupt();

      assertThat(bench.exitCode()).isEqualTo(INTERRUPTED);
      assertThat(scratch).isEmptyDirectory();
      assertThat(bench.out()).isEmpty();
      assertThat(bench.err()).doesNotContain("Exception");
    }
  }

  private static long bytesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
