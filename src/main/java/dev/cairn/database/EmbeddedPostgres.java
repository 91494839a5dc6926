package dev.cairn.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL of its own in the data folder: durable, on 127.0.0.1 only, with a password that the
 * folder keeps. It survives a kill of this process; the next start stops it first. When it dies by
 * itself, as it does when a full disk has no room for its log, it is started again on the same
 * port, until that succeeds.
 */
final class EmbeddedPostgres implements AutoCloseable {

  static final String USER = "cairn";

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final String VERSION = "18.6.0";
  private static final int PASSWORD_BYTES = 32;
  private static final int PORT_TRIES = 3;
  private static final int NOTES = 200;
  private static final int SURE = 10;
  private static final Duration NOTE_INTERVAL = Duration.ofMillis(50);
  private static final Duration RESTART_PAUSE = Duration.ofSeconds(2);
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
  private final int port;
  private final Runnable stopAtEnd = this::stopQuietly;
  private volatile boolean closing;

  /**
   * Starts the database of the held data folder, making it when absent.
   *
   * @throws DatabaseException when PostgreSQL cannot run here
   */
  EmbeddedPostgres(FolderLock held, DatabaseSettings settings) throws IOException {
    Path data = held.folder();
    programs =
        PostgresPrograms.unpackInto(
            settings.programs() == null ? data : settings.programs(), VERSION);
    folder = data.resolve("postgres");
    log = data.resolve("postgres.log");
    password = password(data.resolve("postgres-password"));
    initialise(data);
    stopOrphan();
    Thread cutShort = new Thread(this::stopCutShort, "database-start-cut-short");
    Runtime.getRuntime().addShutdownHook(cutShort);
    try {
      port = startOnPort(settings.port());
      stopWithProgram();
    } finally {
      forget(cutShort);
    }
    watch();
  }

  /**
   * A start that is told to end may give up without closing what it has made. What is registered
   * here runs after all that was closed.
   */
  private void stopWithProgram() {
    try {
      SpringApplication.getShutdownHandlers().add(stopAtEnd);
    } catch (IllegalStateException e) {
      throw new DatabaseException("Cairn is ending.", e);
    }
  }

  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
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

  /**
   * The lock is ours, so a database that still runs here is an orphan. A process file that names
   * another process is left over, and PostgreSQL would believe it.
   */
  private void stopOrphan() throws IOException {
    if (server().isPresent()) {
      LOG.info("Stopping the database that an earlier run left behind in {}", folder);
      stop();
    }
    Files.deleteIfExists(processFile());
  }

  private int startOnPort(int configured) throws IOException {
    requireFree(configured);
    for (int attempt = 1; ; attempt++) {
      int candidate = configured == 0 ? freePort() : configured;
      try {
        startUnlessClosing(candidate);
        return candidate;
      } catch (DatabaseException e) {
        stopHalfStarted();
        if (closing || configured != 0 || attempt == PORT_TRIES) {
          throw new DatabaseException(
              "The embedded PostgreSQL did not start. %s See %s.".formatted(e.getMessage(), log),
              e);
        }
      }
    }
  }

  /**
   * Ctrl-C reaches the program that starts the server, too, but not the server, which notes its
   * process only later.
   */
  private void stopHalfStarted() throws IOException {
    for (int i = 0; i < NOTES && server().isEmpty() && (i < SURE || runsUnnoted()); i++) {
      LockSupport.parkNanos(NOTE_INTERVAL.toNanos());
    }
    if (server().isPresent()) {
      stop();
    }
  }

  private synchronized void startUnlessClosing(int onPort) throws IOException {
    if (closing) {
      throw new DatabaseException("Cairn is ending.");
    }
    startServer(onPort);
  }

  /** When the program is told to end meanwhile, it does not wait for the thread that starts it. */
  private synchronized void stopCutShort() {
    closing = true;
    try {
      stopHalfStarted();
    } catch (IOException | DatabaseException e) {
      LOG.debug("Nothing to stop, or stopped elsewhere", e);
    }
  }

  private void stopQuietly() {
    try {
      close();
    } catch (IOException | DatabaseException e) {
      LOG.warn("The database still runs; the next start stops it. See {}", log, e);
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("The program is ending", e);
    }
  }

  private static void forgetAtEnd(Runnable handler) {
    try {
      SpringApplication.getShutdownHandlers().remove(handler);
    } catch (IllegalStateException e) {
      LOG.debug("The program is ending", e);
    }
  }

  private boolean runsUnnoted() {
    return ProcessHandle.allProcesses().anyMatch(this::servesThisFolder);
  }

  private void startServer(int onPort) throws IOException {
    programs.run(
        "pg_ctl",
        "start",
        "--wait",
        "--timeout=300",
        "--pgdata=" + folder,
        "--log=" + log,
        "--options=" + OPTIONS.formatted(onPort));
  }

  private static void requireFree(int configured) {
    try (var socket = new ServerSocket(configured, 1, InetAddress.getLoopbackAddress())) {
      LOG.debug("Port {} is free", socket.getLocalPort());
    } catch (IOException e) {
      throw new DatabaseException(
          "PostgreSQL cannot listen on port %d (%s): choose another with --cairn.database.port (0 takes a free one)."
              .formatted(configured, e.getMessage()),
          e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void watch() throws IOException {
    server().ifPresent(handle -> handle.onExit().thenRunAsync(this::startAgain));
  }

  private synchronized void startAgain() {
    if (closing) {
      return;
    }
    LOG.warn("The database ended by itself; starting it again");
    try {
      Files.deleteIfExists(processFile());
      startServer(port);
      watch();
    } catch (IOException | DatabaseException e) {
      LOG.error("The database cannot be started again yet: trying it again. See {}", log, e);
      CompletableFuture.delayedExecutor(RESTART_PAUSE.toMillis(), TimeUnit.MILLISECONDS)
          .execute(this::startAgain);
    }
  }

  /** The running postmaster of this folder. */
  private Optional<ProcessHandle> server() throws IOException {
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

  private void stop() throws IOException {
    programs.run("pg_ctl", "stop", "--wait", "--mode=fast", "--pgdata=" + folder);
  }

  @Override
  public synchronized void close() throws IOException {
    closing = true;
    forgetAtEnd(stopAtEnd);
    if (server().isPresent()) {
      stop();
    }
  }
}
