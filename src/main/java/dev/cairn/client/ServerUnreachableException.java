package dev.cairn.client;

import java.net.URI;

/** Nothing answers at the server's address. */
public final class ServerUnreachableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public ServerUnreachableException(URI server) {
    super(
        "No Cairn server answers at %s. Start one with './cairn serve', or name another with --server."
            .formatted(server));
  }

  public ServerUnreachableException(URI server, Throwable cause) {
    this(server);
    initCause(cause);
  }
}
