package dev.cairn.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.cairn.CairnHttp;
import dev.cairn.ServiceProcess;
import dev.cairn.answer.Library;
import dev.cairn.ingest.Uploading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The whole service, its database too, on a disk that others fill to the last byte. */
@Tag("slow")
class FullDiskTest {

  private static final int DISK_MEGABYTES = 320;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String CODES = "The gate code is QX-7731. Fee 8.40. ".repeat(30);
  private static final int LOG_FILES = 20;
  private static final int PORT_LINE = 3;
  private static final String QUESTION = "What is the gate code?";

  private static SmallDisk disk;
  private static ServiceProcess service;
  private static CairnHttp http;

  @BeforeAll
  static void start() throws Exception {
    disk = SmallDisk.mount(DISK_MEGABYTES);
    service =
        ServiceProcess.startWithOwnDatabase(data(), "512m", "--cairn.answer.context-tokens=1024");
    http = service.http();
  }

  private static Path data() throws IOException {
    return Files.createDirectories(disk.folder().resolve("data"));
  }

  @AfterAll
  static void stop() throws Exception {
    if (service != null) {
      service.terminate(PATIENCE);
    }
    if (disk != null) {
      disk.close();
    }
  }

  @BeforeEach
  void begin() throws IOException {
    empty();
  }

  private static void fill() throws IOException {
    disk.fill(0);
    await().atMost(PATIENCE).until(() -> health("readiness") == 503);
  }

  private static void empty() throws IOException {
    disk.empty();
    await().atMost(PATIENCE).until(() -> health("readiness") == 200);
  }

  private static int health(String probe) {
    return http.get("/actuator/health/" + probe).status();
  }

  @Test
  void readingAskingAndDeletingGoOnAndWritingComesBack() throws Exception {
    Library library = new Library(http, "codes");
    String first = library.add("first.txt", CODES);
    String second = library.add("second.txt", "Second. " + CODES);
    String third = library.add("third.txt", "Third. " + CODES);
    String waiting = send("Nobody may touch the lamp. ".repeat(20_000));
    String underWay = send("Nobody may touch the rope. ".repeat(20_000));

    fill();

    assertThat(health("liveness")).isEqualTo(200);
    assertRefused(new Uploading(http).sendWith("new", "new.txt", "New. " + CODES));
    assertRefused(http.post("/api/v1/documents/" + first + "/encodings"));
    assertThat(http.get("/api/v1/corpora/new").status()).isEqualTo(404);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(blobs()).noneMatch(blob -> blob.contains(".staging/")));
    JsonNode answer = library.ask(QUESTION, 8);
    assertThat(answer.path("report").path("distinctChunksRead").asInt()).isPositive();
    assertThat(library.text(first, 0, 8)).isEqualTo("The gate");
    assertThat(state(waiting)).isIn("UPLOADED", "EXTRACTING", "QUEUED", "ENCODING");
    assertThat(status(waiting).at("/failure/code").asString()).isEqualTo("disk_full");

    assertDeleted("/api/v1/corpora/codes/documents/" + third);
    assertDeleted("/api/v1/documents/" + first);
    assertDeleted("/api/v1/documents/" + underWay);
    assertDeleted("/api/v1/answers/" + answer.path("id").asString());
    assertDeleted("/api/v1/corpora/codes");
    assertThat(blobs())
        .noneMatch(blob -> blob.contains(first))
        .anyMatch(blob -> blob.contains(second));

    empty();

    new Library(http, "new").add("new.txt", "New. " + CODES);
    await().atMost(PATIENCE).until(() -> state(waiting).equals("READY"));
    assertThat(status(waiting).path("failure").isMissingNode()).isTrue();
  }

  private static String send(String text) {
    CairnHttp.Answer sent = new Uploading(http).sendWith("long", "long.txt", text);
    return sent.body().path("id").asString();
  }

  private static String state(String document) {
    return status(document).path("state").asString();
  }

  private static JsonNode status(String document) {
    return http.get("/api/v1/documents/" + document).body();
  }

  private static void assertRefused(CairnHttp.Answer refused) {
    assertThat(refused.status()).as("%s", refused.body()).isEqualTo(507);
    assertThat(refused.code()).isEqualTo("disk_full");
    assertThat(refused.body().path("detail").asString()).contains("delete documents");
  }

  private static void assertDeleted(String path) {
    CairnHttp.Answer answer = http.delete(path);
    assertThat(answer.status()).as("%s", answer.response().body()).isEqualTo(204);
  }

  private static List<String> blobs() throws IOException {
    try (Stream<Path> files = Files.walk(data().resolve("blobs"))) {
      return files.filter(Files::isRegularFile).map(Path::toString).toList();
    }
  }

  /** PostgreSQL ends when there is no room for its log. */
  @Test
  void aDatabaseThatTheDiskEndedComesBackWithTheRoom() throws Exception {
    Library library = new Library(http, "kept");
    library.add("kept.txt", "Kept. " + CODES);
    fill();
    await().atMost(PATIENCE).until(() -> !Files.exists(data().resolve("disk-reserve")));
    disk.fill(0);
    assertThatExceptionOfType(SQLException.class).isThrownBy(FullDiskTest::useUpLog);

    empty();

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(library.ask(QUESTION, 8).path("text").isString()).isTrue());
  }

  private static void useUpLog() throws IOException, SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (int file = 0; file < LOG_FILES; file++) {
        statement.execute("select pg_current_xact_id()");
        statement.execute("select pg_switch_wal()");
      }
    }
  }

  private static Connection connect() throws IOException, SQLException {
    String port = Files.readAllLines(data().resolve("postgres/postmaster.pid")).get(PORT_LINE);
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
        "cairn",
        Files.readString(data().resolve("postgres-password")));
  }
}
