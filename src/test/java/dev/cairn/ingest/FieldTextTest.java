package dev.cairn.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.catalogue.Document;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import dev.cairn.text.DocumentText;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as they come, and what a reader sees of them. */
class FieldTextTest {

  private static final Path FIELD = Path.of("src/test/resources/field");

  @TempDir private Path folder;
  private Extracting extracting;

  @BeforeEach
  void openStore() throws IOException {
    extracting = new Extracting(folder);
  }

  private Document upload(String name) throws IOException {
    return upload(name, Files.readAllBytes(FIELD.resolve(name)));
  }

  private Document upload(String name, byte[] bytes) throws IOException {
    byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, Format.HEAD_BYTES));
    return extracting.upload(Format.of(name, null, head), bytes);
  }

  private String text(Document document) throws IOException {
    extracting.extract(document);
    return extracting.text(document);
  }

  private String text(String name) throws IOException {
    return text(upload(name));
  }

  @Test
  void everyCellKeepsItsColumn() throws IOException {
    assertThat(text("stock.html"))
        .isEqualTo(
            """
            Stock of the depot
            Code\tStock\tOrdered\tPrice
            K-31\t\t7\t12
            \t\t5\t9 net
            M-40\tnone\t\t8
            \t1\t2\t3
            P-7\t4\t\t
            Sum\t\t12\t

            After the table.
            """);
  }

  @Test
  void raisedAndLoweredCharactersDoNotRunIntoTheWordBeforeThem() throws IOException {
    assertThat(text("scripts.html"))
        .isEqualTo(
            """
            Badge QX-77^1 weighs 10^6 g; H_2O and C_2H_6.

            log_2 8, 10^-6, x^(n + 1), word^[1], the 19th lamp, 50.

            9^3 漢(かん)
            """);
  }

  @Test
  void xhtmlFollowsTheRulesOfXml() throws IOException {
    assertThat(text("page.xhtml"))
        .isEqualTo(
            """
            The pier opens at\u00A05.

            Prefix: a < b & c

            Gate 7731
            north
            """);
  }

  @Test
  void xhtmlThatIsNotWellFormedIsReadWhole() throws IOException {
    assertThat(text("soup.xhtml")).isEqualTo("Fish & chips\nat 7\n\n\t4\t5\n\nGate 7731\n");
  }

  @Test
  void aPageThatDeclaresXmlIsXhtmlUnderAnyName() throws IOException {
    byte[] bytes = Files.readAllBytes(FIELD.resolve("page.xhtml"));
    for (String name : new String[] {"page.html", "page", "page.XHT"}) {
      assertThat(text(upload(name, bytes))).as(name).endsWith("Gate 7731\nnorth\n");
    }
  }

  @Test
  void xhtmlIsReadInTheEncodingThatItDeclares() throws IOException {
    String page =
        "<?xml version='1.0' encoding='iso-8859-15'?><html><title/><p>Preis: 5 €, schön</p></html>";
    byte[] bytes = page.getBytes(Charset.forName("ISO-8859-15"));
    assertThat(text(upload("page.xhtml", bytes))).isEqualTo("Preis: 5 €, schön\n");
  }

  @Test
  void formulasAndDrawingsAreRead() throws IOException {
    assertThat(text("formulas.html"))
        .isEqualTo(
            """
            Code 7731 opens (a+1)/2, 10^6, x_1, √(2), 4.

            Map
            Zone C = 31
            Pier
            North
            """);
  }

  @Test
  void whatBrowsersShowAsBlocksBreaksLines() throws IOException {
    assertThat(text("blocks.html"))
        .isEqualTo(
            """
            Sum
            Rest

            Legend
            Field

            Dialog
            Behind

            Caption
            Figure

            Term
            Meaning

            North
            South
            Styled
            Plain Yes No

            One
            Two
            """);
  }

  @Test
  void struckOutTextIsLeftOutAndInlineTextStaysInItsSentence() throws IOException {
    assertThat(text("fee.html"))
        .isEqualTo(
            """
            The boat fee is 7,500 crowns.

            The lamp costs 30 crowns.

            He said “no”.
            """);
  }

  @Test
  void commentsOfMarkdownAreLeftOutAndCodeIsKept() throws IOException {
    assertThat(text("comments.md"))
        .isEqualTo(
            """
            # Fees

            The boat fee is 7,500 crowns.

            In `<!-- code -->` and ``a ` <!-- b -->`` it stays, as \\<!-- here --> does.

            ```html
            <!-- fenced -->
            ```

            - an item

                done

            Text

                <!-- indented code -->

            Kept: x --> y and <!-- never ended
            """);
  }

  @Test
  void invisibleCharactersAreNoPartOfWordsAndOffsetsStayExact() throws IOException {
    String text = "Gate QX-7731, depot, meter, off, ab, می‌خواهم, 👩‍👩‍👧.\n";
    Document document = upload("invisible.html");
    ExtractedText extracted = extracting.extract(document);
    assertThat(extracting.text(document)).isEqualTo(text);
    assertThat(extracted.characters()).isEqualTo(text.codePointCount(0, text.length()));
    try (DocumentText stored = DocumentText.open(extracting.store, document)) {
      assertThat(stored.read(5, 12)).isEqualTo("QX-7731");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"page.txt", "page.md"})
  void invisibleCharactersAreNoPartOfPlainTextEither(String name) throws IOException {
    byte[] bytes = "QX\u00AD-77\u200B31\uFEFF.".getBytes(StandardCharsets.UTF_8);
    assertThat(text(upload(name, bytes))).isEqualTo("QX-7731.");
  }

  @Test
  void utf16WithoutAMarkIsRecognisedFromTheWholeText() throws IOException {
    Document document = upload("depot-utf16le.txt");
    assertThat(extracting.extract(document).charset()).isEqualTo("UTF-16LE");
    assertThat(extracting.text(document))
        .startsWith("The lamp is lit at dusk")
        .endsWith("dawn. Nobody may touch it.\r\nDon’t use the Łódź depot: Ключ 4417\r\n");
  }

  @Test
  void utf16WithALostByteIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(FIELD.resolve("depot-utf16le.txt"));
    byte[] damaged = Arrays.copyOf(whole, whole.length - 1);
    System.arraycopy(whole, 5001, damaged, 5000, damaged.length - 5000);
    Document document = upload("depot.txt", damaged);
    assertThatThrownBy(() -> extracting.extract(document))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.code()).isEqualTo(ProblemCode.UNSUPPORTED_FORMAT));
  }

  @Test
  void japaneseBehindEscapesIsRead() throws IOException {
    Document document = upload("key-iso-2022-jp.txt");
    assertThat(extracting.extract(document).charset()).isEqualTo("ISO-2022-JP");
    assertThat(extracting.text(document)).isEqualTo("倉庫の番号は①七三一です。鍵は4417番、カギ。\n".repeat(6));
    assertThat(text("key-iso-2022-jp.html")).isEqualTo("鍵は4417番。\n");
  }

  @Test
  void aPageOfWesternTextThatCallsItselfUtf16IsRead() throws IOException {
    String page = "<meta charset=utf-16><p>It’s the keeper’s lamp, “so to speak”.</p>";
    assertThat(text(upload("lamp.html", page.getBytes(Charset.forName("windows-1252")))))
        .isEqualTo("It’s the keeper’s lamp, “so to speak”.\n");
  }

  @Test
  void xhtmlIsReadHoweverDeepItIs() throws IOException {
    String page = "<html>" + "<div>".repeat(20_000) + "deep" + "</div>".repeat(20_000) + "</html>";
    assertThat(text(upload("deep.xhtml", page.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo("deep\n");
  }

  @Test
  void whatAPageOfXmlNamesElsewhereIsNotFetched() throws IOException {
    String page =
        "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><html><p>a&x;b</p></html>";
    assertThat(text(upload("entity.xhtml", page.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo("a&x;b\n");
  }
}
