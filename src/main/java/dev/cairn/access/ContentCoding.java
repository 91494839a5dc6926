package dev.cairn.access;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** How the bytes of a body are packed, by its header Content-Encoding. */
final class ContentCoding {

  private static final List<List<String>> GZIP = List.of(List.of("gzip"), List.of("x-gzip"));

  private ContentCoding() {}

  /**
   * The codings in the order in which they were applied; empty for a body that is as it is.
   *
   * @param headers all lines of Content-Encoding
   */
  static List<String> names(List<String> headers) {
    return headers.stream()
        .flatMap(line -> Stream.of(line.split(",")))
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .filter(name -> !name.isEmpty() && !name.equals("identity"))
        .toList();
  }

  static boolean isGzip(List<String> names) {
    return GZIP.contains(names);
  }

  /** The body as it was before it was packed, when that was done by gzip. */
  static InputStream unpack(InputStream body, List<String> headers) throws IOException {
    return isGzip(names(headers)) ? new GZIPInputStream(body) : body;
  }
}
