package dev.cairn.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FormatTest {

  private static Format of(String name, String content) {
    return of(name, null, content);
  }

  private static Format of(String name, @Nullable String mediaType, String content) {
    return Format.of(name, mediaType, content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theNameDecidesWhereTheContentIsText() {
    assertThat(of("a.txt", "x")).isEqualTo(Format.TEXT);
    assertThat(of("A.TXT", "<html>")).isEqualTo(Format.TEXT);
    assertThat(of("a.md", "# x")).isEqualTo(Format.MARKDOWN);
    assertThat(of("a.Markdown", "# x")).isEqualTo(Format.MARKDOWN);
    assertThat(of("a.htm", "x")).isEqualTo(Format.HTML);
    assertThat(of("a.html", "x")).isEqualTo(Format.HTML);
    assertThat(of("server.log.1", "x")).isEqualTo(Format.TEXT);
    assertThat(of("", "x")).isEqualTo(Format.TEXT);
  }

  @Test
  void aPageWithoutAnEndingIsSeenByItsStart() {
    assertThat(of("page", "\uFEFF \n<!DOCTYPE HTML><p>x")).isEqualTo(Format.HTML);
    assertThat(of("page.php", "<HTML lang=en>")).isEqualTo(Format.HTML);
    assertThat(of("page", "a <html> b")).isEqualTo(Format.TEXT);
    byte[] wide = "\uFEFF<html>".getBytes(StandardCharsets.UTF_16LE);
    assertThat(Format.of("page", null, wide)).isEqualTo(Format.HTML);
  }

  @Test
  void xhtmlIsToldByNameMediaTypeOrDeclaration() {
    String declared =
        "<?xml version='1.0'?>\n<!-- a > b -->\n<!DOCTYPE html>\n<html><p>x</p></html>";
    assertThat(of("a.xhtml", "x")).isEqualTo(Format.XHTML);
    assertThat(of("a.XHT", "x")).isEqualTo(Format.XHTML);
    assertThat(of("a.html", declared)).isEqualTo(Format.XHTML);
    assertThat(of("page", declared)).isEqualTo(Format.XHTML);
    assertThat(of("page", "application/xhtml+xml", "<p/>")).isEqualTo(Format.XHTML);
    assertThat(of("feed.xml", "<?xml version='1.0'?><rss/>")).isEqualTo(Format.TEXT);
    assertThat(of("a.txt", declared)).isEqualTo(Format.TEXT);
  }

  @Test
  void theMediaTypeDecidesWhereTheNameLeavesItOpen() {
    assertThat(of("page", "text/html; charset=utf-8", "x")).isEqualTo(Format.HTML);
    assertThat(of("notes", "TEXT/MARKDOWN", "x")).isEqualTo(Format.MARKDOWN);
    assertThat(of("a.txt", "text/html", "x")).isEqualTo(Format.TEXT);
    assertThat(of("page", "text/plain", "<html>")).isEqualTo(Format.HTML);
    assertThat(of("page", "application/octet-stream", "x")).isEqualTo(Format.TEXT);
  }

  @Test
  void wideTextWithoutAMarkIsNoBinary() {
    byte[] wide = "<html><p>Ключ под ковриком".getBytes(StandardCharsets.UTF_16LE);
    assertThat(Format.of("page", null, wide)).isEqualTo(Format.HTML);
  }

  @Test
  void binaryFilesAreRefusedByWhatIsSupported() {
    assertRefused("%PDF-1.7\n");
    assertRefused("PK\u0003\u0004rest");
    assertRefused("{\\rtf1 hello}");
    assertRefused("\u007FELF\u0002");
    assertRefused("\u0001\u0002\u0003 text \u0004\u0005\u0006");
  }

  private static void assertRefused(String content) {
    assertRefused("book.txt", content.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void assertRefused(String name, byte[] content) {
    assertThatThrownBy(() -> Format.of(name, null, content))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.code()).isEqualTo(ProblemCode.UNSUPPORTED_FORMAT))
        .hasMessageContaining("text/plain")
        .hasMessageContaining("text/markdown")
        .hasMessageContaining("text/html");
  }

  @Test
  void compressedBytesAreNoText() {
    byte[] noise = new byte[20_000];
    new Random(1).nextBytes(noise);
    Deflater deflater = new Deflater();
    deflater.setInput(noise);
    byte[] compressed = new byte[Format.HEAD_BYTES];
    deflater.deflate(compressed);
    deflater.end();
    assertRefused("a.txt", compressed);
  }

  @Test
  void whatTextFilesHoldIsNoSignOfBinary() {
    assertThat(of("a.txt", "\0".repeat(100))).isEqualTo(Format.TEXT);
    assertThat(of("a.txt", "\u001B[31mred\u001B[0m\f\t\r\n")).isEqualTo(Format.TEXT);
    assertThat(of("a.txt", "x".repeat(64) + "\u0001")).isEqualTo(Format.TEXT);
    byte[] wide = ("\uFEFF" + "\u0105\u0107\u0119").getBytes(StandardCharsets.UTF_16BE);
    assertThat(Format.of("a.txt", null, wide)).isEqualTo(Format.TEXT);
  }

  @Test
  void everyFormatIsFoundByItsMediaType() {
    for (Format format : Format.values()) {
      assertThat(Format.ofMediaType(format.mediaType())).isEqualTo(format);
    }
  }
}
