package dev.cairn;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The response to a request that no client library would send.
 *
 * @param head in lower case
 */
public record RawHttp(int status, String head, String body) {

  /**
   * @param lines the first line and headers beside Host, each without its end
   */
  public static RawHttp send(int port, String... lines) {
    String request =
        String.join("\r\n", lines) + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    try (Socket socket = new Socket("localhost", port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return of(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RawHttp of(String response) {
    int end = response.indexOf("\r\n\r\n");
    return new RawHttp(
        Integer.parseInt(response.substring(9, 12)),
        response.substring(0, end).toLowerCase(Locale.ROOT),
        response.substring(end + 4));
  }

  /** The body between the braces of its JSON, whether it came in chunks or not. */
  public JsonNode json() {
    return new JsonMapper().readTree(body.substring(body.indexOf('{'), 1 + body.lastIndexOf('}')));
  }
}
