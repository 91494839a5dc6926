package dev.cairn.client;

import java.net.URI;

/** Nothing answers at the server's address. */
public final class ServerUnreachableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private ServerUnreachableException(String message) {
    super(message);
  }

  public ServerUnreachableException(URI server) {
    this(
        "No Cairn server answers at %s. Start one with './cairn serve', or name another with --server."
            .formatted(server));
  }

  /** It went away after it had stored a document. */
  static ServerUnreachableException whileEncoding(URI server, String document, Throwable cause) {
    var failure =
        new ServerUnreachableException(
            """
            The server at %1$s went away. It has the whole file: encoding goes on by itself once the \
            server is up again. To see how far it is: cairn document show %2$s --server %1$s"""
                .formatted(server, document));
    failure.initCause(cause);
    return failure;
  }

  public ServerUnreachableException(URI server, Throwable cause) {
    this(server);
    initCause(cause);
  }
}
