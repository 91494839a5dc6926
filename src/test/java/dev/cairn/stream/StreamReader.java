package dev.cairn.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One client of a stream that notes when each event came. It asks on a socket of its own, so that
 * it can leave at any byte or never read at all.
 */
public final class StreamReader implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final long seed;
  private final Socket socket = new Socket();
  private final List<String> tokens = new ArrayList<>();
  private final List<Long> arrivedNanos = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<Long> numbers = new ArrayList<>();
  private String lastId = "";
  private @Nullable JsonNode last;

  private StreamReader(long seed) {
    this.seed = seed;
  }

  /** Connects and asks. */
  static StreamReader ask(int port, String corpus, long seed, int maxTokens) throws IOException {
    StreamReader reader = new StreamReader(seed);
    // A client that does not read is to be felt by the service, not hidden by its own buffer.
    reader.socket.setReceiveBufferSize(seed < 0 ? 4096 : 65_536);
    reader.socket.connect(new InetSocketAddress("localhost", port));
    String question =
        "{\"question\":\"What is the text?\",\"maxTokens\":%d,\"seed\":%d}"
            .formatted(maxTokens, seed);
    reader
        .socket
        .getOutputStream()
        .write(
            """
            POST /api/v1/corpora/%s/questions HTTP/1.1\r
            Host: localhost\r
            Accept: text/event-stream\r
            Content-Type: application/json\r
            Content-Length: %d\r
            Connection: close\r
            \r
            %s\
            """
                .formatted(corpus, question.length(), question)
                .getBytes(StandardCharsets.UTF_8));
    return reader;
  }

  /** Reads until the stream ends, or so many tokens have come. */
  public StreamReader read(int mostTokens) throws IOException {
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1024);
    String line = lines.readLine();
    while (line != null && tokens.size() < mostTokens) {
      take(line, System.nanoTime());
      line = tokens.size() < mostTokens ? lines.readLine() : null;
    }
    return this;
  }

  private void take(String line, long nanos) {
    if (line.startsWith("event: ")) {
      names.add(line.substring(7));
    } else if (line.startsWith("id: ")) {
      lastId = line.substring(4);
      numbers.add(Long.parseLong(line.substring(line.indexOf(':', 4) + 1)));
    } else if (line.startsWith("data: ") && names.getLast().equals("token")) {
      arrivedNanos.add(nanos);
      tokens.add(JSON.readTree(line.substring(6)).path("text").asString());
    } else if (line.startsWith("data: ")) {
      last = JSON.readTree(line.substring(6));
    }
  }

  /** Leaves as a program does that is killed by its user: the connection is reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  long seed() {
    return seed;
  }

  List<String> tokens() {
    return tokens;
  }

  List<Long> arrivedNanos() {
    return arrivedNanos;
  }

  /** Of the events, in the order in which they came. */
  public List<String> names() {
    return names;
  }

  List<Long> numbers() {
    return numbers;
  }

  /** Of the last event that has one. */
  String lastId() {
    return lastId;
  }

  /** Of the answer that is streamed. */
  public String answerId() {
    return lastId.substring(0, lastId.indexOf(':'));
  }

  /** The data of the last event that was no token. */
  JsonNode last() {
    return last == null ? JSON.missingNode() : last;
  }
}
