package dev.cairn.client;

import java.net.URI;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which server to talk to. */
public final class ServerOptions {

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "${env:CAIRN_SERVER:-http://localhost:8080}",
      converter = ServerAddress.class,
      description = "The server (default: ${DEFAULT-VALUE}; or set CAIRN_SERVER).")
  private URI address = URI.create("http://localhost:8080");

  /**
   * The port of a server on this machine.
   *
   * @throws ServerUnreachableException when the address is another machine's
   */
  public int localPort() {
    if (!Set.of("localhost", "127.0.0.1").contains(address.getHost())) {
      throw new ServerUnreachableException(address);
    }
    return address.getPort();
  }

  public Server connect() {
    return new Server(address);
  }
}
