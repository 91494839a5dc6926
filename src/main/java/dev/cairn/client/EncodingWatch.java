package dev.cairn.client;

import dev.cairn.catalogue.DocumentStage;
import dev.cairn.catalogue.DocumentStatus;
import dev.cairn.terminal.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Set;

/** Follows a document until it can be asked. */
public final class EncodingWatch {

  private static final Duration INTERVAL = Duration.ofMillis(250);
  private static final Set<DocumentStage> UNDER_WAY =
      Set.of(
          DocumentStage.UPLOADED,
          DocumentStage.EXTRACTING,
          DocumentStage.QUEUED,
          DocumentStage.ENCODING);

  private final Server server;
  private final PrintWriter err;

  public EncodingWatch(Server server, PrintWriter err) {
    this.server = server;
    this.err = err;
  }

  /**
   * Waits until the document is encoded.
   *
   * @throws ServerProblemException when it never will be
   * @throws ServerUnreachableException when the server goes away meanwhile
   */
  public Encoded follow(String documentId) throws InterruptedException {
    long start = System.nanoTime();
    DocumentStatus first = status(documentId);
    DocumentStatus last = UNDER_WAY.contains(first.stage()) ? awaitEnd(documentId) : first;
    requireReady(last);
    return new Encoded(last, last == first, Duration.ofNanos(System.nanoTime() - start));
  }

  private DocumentStatus awaitEnd(String documentId) throws InterruptedException {
    try (var progress = Progress.of(err, "Encoding", "tokens")) {
      DocumentStatus status = status(documentId);
      while (UNDER_WAY.contains(status.stage())) {
        progress.reach(status.tokens() * status.percent() / 100, status.tokens());
        Thread.sleep(INTERVAL);
        status = status(documentId);
      }
      progress.reach(status.tokens(), status.tokens());
      return status;
    }
  }

  private DocumentStatus status(String documentId) {
    try {
      return server.document(documentId);
    } catch (ServerUnreachableException e) {
      throw ServerUnreachableException.whileEncoding(server.address(), documentId, e);
    } catch (ServerProblemException e) {
      throw e.code().equals(ServerProblemException.NO_ANSWER)
          ? ServerUnreachableException.whileEncoding(server.address(), documentId, e)
          : e;
    }
  }

  private static void requireReady(DocumentStatus status) {
    var failure = status.failure();
    if (failure != null) {
      throw new ServerProblemException(failure.code(), failure.detail());
    }
    if (status.stage() != DocumentStage.READY) {
      String stage = status.stage().json();
      throw new ServerProblemException(stage, "The document cannot be asked: it is " + stage + ".");
    }
  }
}
