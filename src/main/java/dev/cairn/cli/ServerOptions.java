package dev.cairn.cli;

import java.net.URI;
import picocli.CommandLine.Option;

/** Which server to talk to. */
final class ServerOptions {

  static final URI LOCAL = URI.create("http://localhost:8080");

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "${env:CAIRN_SERVER:-http://localhost:8080}",
      description = "The server (default: ${DEFAULT-VALUE}; or set CAIRN_SERVER).")
  private URI address = LOCAL;

  /**
   * @throws ServerUnreachableException when another server than the usual local one was named
   */
  void requireDefault() {
    if (!address.equals(LOCAL)) {
      throw new ServerUnreachableException(address);
    }
  }

  Server connect() {
    return new Server(address);
  }
}
