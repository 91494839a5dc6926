package dev.cairn;

import dev.cairn.database.PostgresForTests;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a service of a test is started with: the tiny checkpoint on a database of the tests. */
public final class ServiceArguments {

  private ServiceArguments() {}

  /**
   * @param port 0 for any
   * @param more as {@code --name=value}
   */
  public static String[] of(String database, Path data, int port, String... more) {
    return Stream.concat(
            Stream.of(
                "--server.port=" + port,
                "--spring.datasource.url=" + database,
                "--spring.datasource.username=" + PostgresForTests.user(),
                "--spring.datasource.password=" + PostgresForTests.password(),
                "--cairn.data=" + data,
                "--cairn.model=src/test/resources/golden/tiny",
                "--cairn.compute-path=FLOAT32",
                "--cairn.threads=1",
                "--cairn.answer.min-evidence=-1"),
            Stream.of(more))
        .toArray(String[]::new);
  }
}
