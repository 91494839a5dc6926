package dev.cairn.ingest;

import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.util.List;
import java.util.Locale;

/** The kinds of files that text can be taken from. */
enum Format {
  TEXT("text/plain"),
  MARKDOWN("text/markdown"),
  HTML("text/html");

  /** How many bytes from the start of a file decide. */
  static final int HEAD_BYTES = 8192;

  private static final List<String> MARKDOWN_NAMES = List.of(".md", ".markdown", ".mdown", ".mkd");
  private static final List<String> HTML_NAMES = List.of(".html", ".htm", ".xhtml");
  private static final List<String> TEXT_NAMES = List.of(".txt", ".text", ".log");
  private static final List<String> HTML_STARTS = List.of("<!doctype html", "<html");

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

  /**
   * Decides by the content, and by the name where the content leaves it open.
   *
   * @param head the first {@link #HEAD_BYTES} of the file, or all of it
   * @throws Problem unsupported_format when the content is not text
   */
  static Format of(String fileName, byte[] head) {
    if (BinaryContent.isIn(head)) {
      throw new Problem(
          ProblemCode.UNSUPPORTED_FORMAT,
          "This file is not text. Upload plain text (text/plain), Markdown (text/markdown) or HTML"
              + " (text/html).");
    }
    String name = fileName.toLowerCase(Locale.ROOT);
    if (endsWithOneOf(name, HTML_NAMES)) {
      return HTML;
    }
    if (endsWithOneOf(name, MARKDOWN_NAMES)) {
      return MARKDOWN;
    }
    return !endsWithOneOf(name, TEXT_NAMES) && beginsLikeHtml(head) ? HTML : TEXT;
  }

  private static boolean endsWithOneOf(String name, List<String> endings) {
    return endings.stream().anyMatch(name::endsWith);
  }

  private static boolean beginsLikeHtml(byte[] head) {
    String start = new String(head, ByteOrderMark.charsetOf(head)).replace("\uFEFF", "").strip();
    String lower = start.toLowerCase(Locale.ROOT);
    return HTML_STARTS.stream().anyMatch(lower::startsWith);
  }
}
