package dev.cairn.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.util.FileSystemUtils;

/** The files of a PostgreSQL in a data folder, its password among them, and its server. */
final class PostgresCluster {

  static final String USER = "cairn";

  private static final String VERSION = "18.6.0";
  private static final int PASSWORD_BYTES = 32;
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final String OPTIONS =
      "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
          + " -c fsync=on -c synchronous_commit=on -c full_page_writes=on"
          + " -c timezone=UTC -c log_timezone=UTC -c shared_buffers=64MB -c max_connections=100";

  private final PostgresPrograms programs;
  private final Path folder;
  private final Path log;
  private final String password;

  /**
   * Makes what is absent.
   *
   * @param programs where they are unpacked
   * @throws DatabaseException when PostgreSQL cannot run here
   */
  PostgresCluster(Path data, Path programs) throws IOException {
    this.programs = PostgresPrograms.unpackInto(programs, VERSION);
    folder = data.resolve("postgres");
    log = data.resolve("postgres.log");
    password = password(data.resolve("postgres-password"));
    initialise(data);
  }

  Path folder() {
    return folder;
  }

  Path log() {
    return log;
  }

  String password() {
    return password;
  }

  /** Made with the cluster: one without the other is of no use. */
  private String password(Path file) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.deleteIfExists(file);
      Files.createFile(file, OWNER_ONLY);
      byte[] random = new byte[PASSWORD_BYTES];
      new SecureRandom().nextBytes(random);
      Files.writeString(file, HexFormat.of().formatHex(random));
    }
    if (!Files.exists(file)) {
      throw new DatabaseException(
          "The password of the database is gone: put %s back from a backup.".formatted(file));
    }
    return Files.readString(file);
  }

  /** A half-made cluster of a start that was cut short is thrown away. */
  private void initialise(Path data) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path half = data.resolve("postgres.new");
    FileSystemUtils.deleteRecursively(half);
    programs.run(
        "initdb",
        "--pgdata=" + half,
        "--username=" + USER,
        "--pwfile=" + data.resolve("postgres-password"),
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--locale=C.UTF-8",
        "--data-checksums");
    Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  void start(int onPort) throws IOException {
    programs.run(
        "pg_ctl",
        "start",
        "--wait",
        "--timeout=300",
        "--pgdata=" + folder,
        "--log=" + log,
        "--options=" + OPTIONS.formatted(onPort));
  }

  void stop() throws IOException {
    programs.run("pg_ctl", "stop", "--wait", "--mode=fast", "--pgdata=" + folder);
  }

  /** The running postmaster of this folder. */
  Optional<ProcessHandle> server() throws IOException {
    if (!Files.exists(processFile())) {
      return Optional.empty();
    }
    long pid = Long.parseLong(Files.readAllLines(processFile()).getFirst().strip());
    return ProcessHandle.of(pid).filter(this::servesThisFolder);
  }

  private boolean servesThisFolder(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains(folder.toString());
  }

  private Path processFile() {
    return folder.resolve("postmaster.pid");
  }

  /** Of a server that ended: PostgreSQL would believe a file that is left over. */
  void forgetServer() throws IOException {
    Files.deleteIfExists(processFile());
  }

  /** Whether a server runs that has not noted its process yet. */
  boolean runsUnnoted() {
    return ProcessHandle.allProcesses().anyMatch(this::servesThisFolder);
  }
}
