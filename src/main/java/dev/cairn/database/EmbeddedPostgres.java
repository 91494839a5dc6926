package dev.cairn.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;

/**
 * A PostgreSQL of its own in the data folder: durable, on 127.0.0.1 only, with a password that the
 * folder keeps. It survives a kill of this process; the next start stops it first. When it dies by
 * itself, as it does when a full disk has no room for its log, it is started again on the same
 * port, until that succeeds.
 */
final class EmbeddedPostgres implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final int PORT_TRIES = 3;
  private static final int NOTES = 200;
  private static final int SURE = 10;
  private static final Duration NOTE_INTERVAL = Duration.ofMillis(50);
  private static final Duration RESTART_PAUSE = Duration.ofSeconds(2);

  private final PostgresCluster cluster;
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
    Path programs = settings.programs();
    cluster = new PostgresCluster(data, programs == null ? data : programs);
    stopOrphan();
    Thread cutShort = new Thread(this::stopCutShort, "database-start-cut-short");
    Runtime.getRuntime().addShutdownHook(cutShort);
    try {
      port = startOnPort(settings.port());
      stopWithProgram();
    } finally {
      unlessEnding(() -> Runtime.getRuntime().removeShutdownHook(cutShort));
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
    return cluster.password();
  }

  /**
   * The lock is ours, so a database that still runs here is an orphan. A process file that names
   * another process is left over, and PostgreSQL would believe it.
   */
  private void stopOrphan() throws IOException {
    if (cluster.server().isPresent()) {
      LOG.info("Stopping the database that an earlier run left behind in {}", cluster.folder());
      cluster.stop();
    }
    cluster.forgetServer();
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
              "The embedded PostgreSQL did not start. %s See %s."
                  .formatted(e.getMessage(), cluster.log()),
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
    for (int i = 0;
        i < NOTES && cluster.server().isEmpty() && (i < SURE || cluster.runsUnnoted());
        i++) {
      LockSupport.parkNanos(NOTE_INTERVAL.toNanos());
    }
    if (cluster.server().isPresent()) {
      cluster.stop();
    }
  }

  private synchronized void startUnlessClosing(int onPort) throws IOException {
    if (closing) {
      throw new DatabaseException("Cairn is ending.");
    }
    cluster.start(onPort);
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
      LOG.warn("The database still runs; the next start stops it. See {}", cluster.log(), e);
    }
  }

  private static void unlessEnding(Runnable forget) {
    try {
      forget.run();
    } catch (IllegalStateException e) {
      LOG.debug("The program is ending", e);
    }
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
    cluster.server().ifPresent(handle -> handle.onExit().thenRunAsync(this::startAgain));
  }

  private synchronized void startAgain() {
    if (closing) {
      return;
    }
    LOG.warn("The database ended by itself; starting it again");
    try {
      cluster.forgetServer();
      cluster.start(port);
      watch();
    } catch (IOException | DatabaseException e) {
      LOG.error(
          "The database cannot be started again yet: trying it again. See {}", cluster.log(), e);
      CompletableFuture.delayedExecutor(RESTART_PAUSE.toMillis(), TimeUnit.MILLISECONDS)
          .execute(this::startAgain);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closing = true;
    unlessEnding(() -> SpringApplication.getShutdownHandlers().remove(stopAtEnd));
    if (cluster.server().isPresent()) {
      cluster.stop();
    }
  }
}
