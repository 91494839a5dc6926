package dev.cairn.ingest;

import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The kinds of files that text can be taken from. */
enum Format {
  TEXT("text/plain"),
  MARKDOWN("text/markdown"),
  HTML("text/html"),
  /** HTML that follows the rules of XML. */
  XHTML("application/xhtml+xml");

  /** How many bytes from the start of a file decide. */
  static final int HEAD_BYTES = 8192;

  private static final List<String> MARKDOWN_NAMES = List.of(".md", ".markdown", ".mdown", ".mkd");
  private static final List<String> HTML_NAMES = List.of(".html", ".htm");
  private static final List<String> XHTML_NAMES = List.of(".xhtml", ".xht");
  private static final List<String> TEXT_NAMES = List.of(".txt", ".text", ".log");
  private static final String XML_START = "<?xml";

  private static final List<String> HTML_STARTS = List.of("<!doctype html", "<html");

  /** What may stand before: a declaration, comments. */
  private static final Pattern PROLOG =
      Pattern.compile("(?:<\\?.*?\\?>|<!--.*?-->)\\s*", Pattern.DOTALL);

  private final String mediaType;

  Format(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }

  static Format ofMediaType(String mediaType) {
    for (Format format : values()) {
      if (format.mediaType.equals(mediaType)) {
        return format;
      }
    }
    throw new IllegalArgumentException("no format has the media type " + mediaType);
  }

  /** Whether the whole file is read into memory as a page. */
  boolean isPage() {
    return this == HTML || this == XHTML;
  }

  /**
   * Decides by the name, where that leaves it open by the media type, and then by the content. A
   * page that begins as XML does is XHTML.
   *
   * @param head the first {@link #HEAD_BYTES} of the file, or all of it
   * @throws Problem unsupported_format when the content is not text
   */
  static Format of(String fileName, @Nullable String mediaType, byte[] head) {
    if (BinaryContent.isIn(head)) {
      throw new Problem(
          ProblemCode.UNSUPPORTED_FORMAT,
          "This file is not text. Upload plain text (text/plain), Markdown (text/markdown) or HTML"
              + " (text/html, application/xhtml+xml).");
    }
    String start = start(head);
    Format format =
        ofName(fileName.toLowerCase(Locale.ROOT))
            .or(() -> ofUpload(mediaType))
            .orElseGet(() -> beginsLikeHtml(start) ? HTML : TEXT);
    return format == HTML && start.startsWith(XML_START) ? XHTML : format;
  }

  private static Optional<Format> ofName(String name) {
    if (endsWithOneOf(name, XHTML_NAMES)) {
      return Optional.of(XHTML);
    }
    if (endsWithOneOf(name, HTML_NAMES)) {
      return Optional.of(HTML);
    }
    if (endsWithOneOf(name, MARKDOWN_NAMES)) {
      return Optional.of(MARKDOWN);
    }
    return endsWithOneOf(name, TEXT_NAMES) ? Optional.of(TEXT) : Optional.empty();
  }

  /** Many clients call every file text/plain, so that this says nothing. */
  private static Optional<Format> ofUpload(@Nullable String mediaType) {
    String type = mediaType == null ? "" : mediaType.replaceFirst(";.*", "").strip();
    return Stream.of(MARKDOWN, HTML, XHTML)
        .filter(format -> format.mediaType.equalsIgnoreCase(type))
        .findAny();
  }

  private static boolean endsWithOneOf(String name, List<String> endings) {
    return endings.stream().anyMatch(name::endsWith);
  }

  private static boolean beginsLikeHtml(String start) {
    Matcher prolog = PROLOG.matcher(start);
    int from = 0;
    while (prolog.region(from, start.length()).lookingAt()) {
      from = prolog.end();
    }
    String page = start.substring(from);
    return HTML_STARTS.stream().anyMatch(page::startsWith);
  }

  private static String start(byte[] head) {
    String start = new String(head, charset(head)).replace("\uFEFF", "").strip();
    return start.toLowerCase(Locale.ROOT);
  }

  private static Charset charset(byte[] head) {
    UnmarkedUnicode unmarked = new UnmarkedUnicode();
    unmarked.add(head, head.length);
    return ByteOrderMark.of(head)
        .map(ByteOrderMark::charset)
        .or(() -> unmarked.charset(false))
        .orElse(StandardCharsets.UTF_8);
  }
}
