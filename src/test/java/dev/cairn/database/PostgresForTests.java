package dev.cairn.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * Gives each application context a database of its own on the one PostgreSQL of this JVM: a
 * container where an engine answers, else the embedded one. Sessions are in a time zone with an odd
 * offset, so that code which forgets the zone shows.
 */
public final class PostgresForTests
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  /** Where the embedded programs are unpacked once for all tests. */
  public static final Path PROGRAMS = Path.of("target", "postgres-programs");

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private record Server(String url, String user, String password) {

    String database(String name) {
      return url.replaceFirst("/[^/?]+(\\?.*)?$", "/" + name);
    }
  }

  private static final class Holder {
    private static final Server SERVER = start();
  }

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    Server server = Holder.SERVER;
    TestPropertyValues.of(
            "spring.datasource.url=" + createDatabase(server),
            "spring.datasource.username=" + server.user(),
            "spring.datasource.password=" + server.password(),
            "spring.datasource.hikari.connection-init-sql=set time zone 'Pacific/Chatham'",
            "cairn.data=" + temporaryFolder("cairn-data"))
        .applyTo(context);
  }

  /** Creates an empty database and returns its URL, for {@link #user()} and {@link #password()}. */
  public static String createDatabase() {
    return createDatabase(Holder.SERVER);
  }

  public static String user() {
    return Holder.SERVER.user();
  }

  public static String password() {
    return Holder.SERVER.password();
  }

  private static String createDatabase(Server server) {
    String name = "cairn_" + DATABASES.incrementAndGet();
    try (var connection =
            DriverManager.getConnection(server.url(), server.user(), server.password());
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
      return server.database(name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Server start() {
    return DockerClientFactory.instance().isDockerAvailable() ? container() : embedded();
  }

  @SuppressWarnings("resource") // Testcontainers ends it with the JVM
  private static Server container() {
    var container = new PostgreSQLContainer("postgres:18");
    container.start();
    return new Server(container.getJdbcUrl(), container.getUsername(), container.getPassword());
  }

  private static Server embedded() {
    Path data = temporaryFolder("cairn-postgres");
    try {
      EmbeddedPostgres postgres =
          new EmbeddedPostgres(FolderLock.take(data), new DatabaseSettings(0, PROGRAMS));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres, data)));
      return new Server(postgres.url("postgres"), PostgresCluster.USER, postgres.password());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void stop(EmbeddedPostgres postgres, Path data) {
    try {
      postgres.close();
      FileSystemUtils.deleteRecursively(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path temporaryFolder(String name) {
    try {
      return Files.createTempDirectory(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
