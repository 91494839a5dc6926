package dev.cairn.start;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Where the server is going to listen.
 *
 * @param host a name or an address of this machine
 * @param port 0 for any, less for none
 */
record ServerAddress(String host, int port) {

  private static final String ANY = "0.0.0.0";
  private static final int DEFAULT_PORT = 8080;

  static ServerAddress of(Environment settings) {
    Binder values = Binder.get(settings);
    return new ServerAddress(
        settings.getProperty("server.address", ANY),
        values.bind("server.port", Integer.class).orElse(DEFAULT_PORT));
  }

  /**
   * @throws SettingException when the server could not listen there
   */
  void requireFree() {
    if (port <= 0) {
      return;
    }
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(host, port));
    } catch (BindException e) {
      throw SettingException.unusable(advice(e));
    } catch (IOException e) {
      throw SettingException.unusable(unusable(e));
    }
  }

  private String advice(BindException failure) {
    boolean taken = String.valueOf(failure.getMessage()).contains("in use");
    return taken
        ? "Port %d of %s is taken: end the program that listens on it, or choose another with --server.port (0 takes a free one)."
            .formatted(port, host)
        : unusable(failure);
  }

  private String unusable(IOException failure) {
    return "Cairn cannot listen on port %d of %s (%s): choose another with --server.address or --server.port."
        .formatted(port, host, failure.getMessage());
  }
}
