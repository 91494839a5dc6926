package dev.cairn.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLConnection;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import java.util.function.LongConsumer;

/**
 * A multipart/form-data body (RFC 7578) whose file is streamed from the disk. Not by Spring's form
 * converter, whose request factory cannot ask a server first whether it takes a file of that
 * length.
 */
final class MultipartForm {

  private final String boundary = "cairn-" + UUID.randomUUID();
  private final Path file;
  private final String title;
  private final LongConsumer sent;

  MultipartForm(Path file, String title, LongConsumer sent) {
    this.file = file;
    this.title = title;
    this.sent = sent;
  }

  String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  BodyPublisher body() throws IOException {
    byte[] head = head().getBytes(StandardCharsets.UTF_8);
    byte[] tail = "\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8);
    BodyPublisher content =
        BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(this::open), Files.size(file));
    return BodyPublishers.concat(
        BodyPublishers.ofByteArray(head), content, BodyPublishers.ofByteArray(tail));
  }

  private String head() {
    String type = URLConnection.guessContentTypeFromName(fileName());
    return part("name=\"title\"", "text/plain; charset=UTF-8")
        + title
        + "\r\n"
        + part(
            "name=\"file\"; filename=\"%s\"".formatted(quoted(fileName())),
            Objects.requireNonNullElse(type, "application/octet-stream"));
  }

  private String part(String names, String type) {
    return "--%s\r\nContent-Disposition: form-data; %s\r\nContent-Type: %s\r\n\r\n"
        .formatted(boundary, names, type);
  }

  private String fileName() {
    return file.getFileName().toString();
  }

  /** As browsers do it: the three characters that would end a quoted name are percent-encoded. */
  private static String quoted(String name) {
    return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }

  private InputStream open() {
    try {
      return new Counting(Files.newInputStream(file), sent);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Counting extends FilterInputStream {

    private final LongConsumer sent;
    private long count;

    Counting(InputStream in, LongConsumer sent) {
      super(in);
      this.sent = sent;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      count(Math.max(read, 0));
      return read;
    }

    private void count(int bytes) {
      count += bytes;
      sent.accept(count);
    }
  }
}
