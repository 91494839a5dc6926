package dev.cairn.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database is durable, private, and survives whatever ends its program. */
class EmbeddedPostgresTest {

  private static final DatabaseSettings SETTINGS =
      new DatabaseSettings(0, PostgresForTests.PROGRAMS);

  @TempDir private Path data;

  @Test
  void commitsAreDurable() throws Exception {
    try (var lock = FolderLock.take(data);
        var postgres = new EmbeddedPostgres(lock, SETTINGS)) {
      assertThat(query(postgres, "show fsync")).isEqualTo("on");
      assertThat(query(postgres, "show synchronous_commit")).isEqualTo("on");
      assertThat(query(postgres, "show full_page_writes")).isEqualTo("on");
      assertThat(query(postgres, "show data_checksums")).isEqualTo("on");
    }
  }

  @Test
  void dataIsThereAfterARestart() throws Exception {
    try (var lock = FolderLock.take(data);
        var postgres = new EmbeddedPostgres(lock, SETTINGS)) {
      execute(postgres, "create table kept (word text)");
      execute(postgres, "insert into kept values ('cairn')");
    }
    try (var lock = FolderLock.take(data);
        var postgres = new EmbeddedPostgres(lock, SETTINGS)) {
      assertThat(query(postgres, "select word from kept")).isEqualTo("cairn");
    }
  }

  @Test
  void onlyTheOwnerReadsThePasswordAndNobodyConnectsWithout() throws Exception {
    try (var lock = FolderLock.take(data);
        var postgres = new EmbeddedPostgres(lock, SETTINGS)) {
      Path file = data.resolve("postgres-password");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThatThrownBy(
              () -> DriverManager.getConnection(postgres.url("postgres"), "cairn", "guessed"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      assertThat(query(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void aServerThatDiesIsStartedAgain() throws Exception {
    try (var lock = FolderLock.take(data);
        var postgres = new EmbeddedPostgres(lock, SETTINGS)) {
      server(data).destroyForcibly();
      await()
          .atMost(Duration.ofSeconds(10))
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(query(postgres, "select 'back'")).isEqualTo("back"));
    }
  }

  @Test
  void aServerThatCannotStartAgainYetIsStartedLater() throws Exception {
    try (var lock = FolderLock.take(data);
        var postgres = new EmbeddedPostgres(lock, SETTINGS)) {
      Path needed = data.resolve("postgres/postgresql.conf");
      Path away = Files.move(needed, data.resolve("away"));
      server(data).destroyForcibly();
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> Files.readString(data.resolve("postgres.log")).contains("postgresql.conf"));

      Files.move(away, needed);

      await()
          .atMost(Duration.ofSeconds(20))
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(query(postgres, "select 'back'")).isEqualTo("back"));
    }
  }

  @Test
  void theServerOfAKilledProgramIsStoppedAtTheNextStart() throws Exception {
    Process program = startChild();
    await().until(() -> Files.exists(data.resolve("started")) || !program.isAlive());
    ProcessHandle orphan = server(data);
    program.destroyForcibly().waitFor();
    assertThat(orphan.isAlive()).isTrue();

    try (var lock = FolderLock.take(data);
        var postgres = new EmbeddedPostgres(lock, SETTINGS)) {
      assertThat(query(postgres, "select word from kept")).isEqualTo("committed");
      assertThat(server(data).pid()).isNotEqualTo(orphan.pid());
    }
  }

  @Test
  void aLeftOverProcessFileOfAnotherProcessIsNoObstacle() throws Exception {
    try (var lock = FolderLock.take(data)) {
      new EmbeddedPostgres(lock, SETTINGS).close();
    }
    Files.write(
        data.resolve("postgres/postmaster.pid"),
        List.of(Long.toString(ProcessHandle.current().parent().orElseThrow().pid()), "x"));
    try (var lock = FolderLock.take(data);
        var postgres = new EmbeddedPostgres(lock, SETTINGS)) {
      assertThat(query(postgres, "select 'up'")).isEqualTo("up");
    }
  }

  @Test
  void aTakenPortIsNamedWithTheSettingThatChangesIt() throws Exception {
    try (var lock = FolderLock.take(data);
        var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var settings = new DatabaseSettings(taken.getLocalPort(), PostgresForTests.PROGRAMS);

      assertThatThrownBy(() -> new EmbeddedPostgres(lock, settings))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("port %d ".formatted(taken.getLocalPort()))
          .hasMessageContaining("--cairn.database.port");
    }
  }

  @Test
  void aFolderThatItsProgramsCannotBeUnpackedIntoIsNamed() throws Exception {
    Path file = Files.createFile(data.resolve("programs"));
    try (var lock = FolderLock.take(data)) {
      assertThatThrownBy(() -> new EmbeddedPostgres(lock, new DatabaseSettings(0, file)))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("into %s (it is a file)".formatted(file))
          .hasMessageContaining("--cairn.database.programs");
    }
  }

  private Process startChild() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName(),
            data.toString())
        .redirectErrorStream(true)
        .redirectOutput(data.resolve("child.log").toFile())
        .start();
  }

  /** Starts a database, commits a row, says so and waits to be killed. */
  static final class Program {

    private Program() {}

    public static void main(String[] arguments) throws Exception {
      Path data = Path.of(arguments[0]);
      EmbeddedPostgres postgres = new EmbeddedPostgres(FolderLock.take(data), SETTINGS);
      execute(postgres, "create table kept as select 'committed' as word");
      Files.createFile(data.resolve("started"));
      new CountDownLatch(1).await();
    }
  }

  private static ProcessHandle server(Path data) throws IOException {
    String pid = Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst();
    return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
  }

  private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(
        postgres.url("postgres"), PostgresCluster.USER, postgres.password());
  }

  private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
