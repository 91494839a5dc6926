package dev.cairn.cli;

import java.net.URI;

/** Nothing answers at the server's address. */
final class ServerUnreachableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  ServerUnreachableException(URI server) {
    super(
        "No Cairn server answers at %s. Start one with './cairn serve', or name another with --server."
            .formatted(server));
  }

  ServerUnreachableException(URI server, Throwable cause) {
    this(server);
    initCause(cause);
  }
}
