package dev.cairn.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** A file on its way to a server: says how many of its bytes were read. */
final class SentFile extends FileSystemResource {

  private final LongConsumer sent;

  SentFile(Path file, LongConsumer sent) {
    super(file);
    this.sent = sent;
  }

  /** As browsers do it: the three characters that would end a quoted name are percent-encoded. */
  @Override
  public String getFilename() {
    return super.getFilename().replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }

  /** Unsaid: a part of a form has no such header (RFC 7578, section 4.8). */
  @Override
  public long contentLength() {
    return -1;
  }

  /** Of the type that the JDK knows: Spring's list lacks Markdown. */
  HttpEntity<SentFile> part() {
    String type = URLConnection.guessContentTypeFromName(super.getFilename());
    var headers = new HttpHeaders();
    headers.setContentType(
        type == null ? MediaType.APPLICATION_OCTET_STREAM : MediaType.valueOf(type));
    return new HttpEntity<>(this, headers);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {

      private long count;

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        count += Math.max(read, 0);
        sent.accept(count);
        return read;
      }
    };
  }
}
