package dev.cairn.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DetectEncodingTest {

  private static final String PAGE =
      "The lamp is lit at dusk and put out at dawn. Nobody else may touch it. ".repeat(40);
  private static final String GERMAN =
      "Die Straße führt über die Brücke; schöne Grüße aus Köln, sagt der Müller. ".repeat(20);

  private static TextEncoding detect(byte[] bytes) throws IOException {
    return DetectEncoding.of(new ByteArrayInputStream(bytes));
  }

  private static String read(byte[] bytes) throws IOException {
    try (Reader reader = detect(bytes).read(new ByteArrayInputStream(bytes))) {
      return reader.readAllAsString();
    }
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @Test
  void asciiAndUtf8AreUtf8() throws IOException {
    assertThat(detect(utf8(PAGE)).charset()).isEqualTo(StandardCharsets.UTF_8);
    assertThat(detect(utf8(GERMAN + "👩‍👩‍👧")).charset()).isEqualTo(StandardCharsets.UTF_8);
    assertThat(read(utf8(GERMAN))).isEqualTo(GERMAN);
  }

  @Test
  void oneCurlyApostropheInAnAsciiPageIsUtf8() throws IOException {
    byte[] page = join(utf8(PAGE), bytes(0xE2, 0x80, 0x99), utf8(PAGE));
    assertThat(detect(page)).isEqualTo(new TextEncoding(StandardCharsets.UTF_8, 0, false));
    assertThat(read(page)).isEqualTo(PAGE + "’" + PAGE);
  }

  @Test
  void aCharacterCutByTheBufferIsNotBroken() throws IOException {
    for (int before = 51_196; before < 51_204; before++) {
      byte[] text = utf8("x".repeat(before) + "👩");
      assertThat(detect(text).charset()).isEqualTo(StandardCharsets.UTF_8);
    }
  }

  @Test
  void aFewBrokenBytesLeaveUtf8WithReplacementCharacters() throws IOException {
    byte[] damaged = join(utf8(GERMAN), bytes(0xFF), utf8("Brücke"), bytes(0xC3), utf8("!"));
    assertThat(detect(damaged).charset()).isEqualTo(StandardCharsets.UTF_8);
    assertThat(read(damaged)).isEqualTo(GERMAN + "\uFFFDBrücke\uFFFD!");
  }

  @Test
  void aByteOrderMarkDecidesAndIsNoText() throws IOException {
    String text = "# Lamp rules\n" + GERMAN + "书";
    assertMark(StandardCharsets.UTF_8, text, 0xEF, 0xBB, 0xBF);
    assertMark(StandardCharsets.UTF_16LE, text, 0xFF, 0xFE);
    assertMark(StandardCharsets.UTF_16BE, text, 0xFE, 0xFF);
    assertMark(StandardCharsets.UTF_32LE, text, 0xFF, 0xFE, 0, 0);
    assertMark(StandardCharsets.UTF_32BE, text, 0, 0, 0xFE, 0xFF);
  }

  private static void assertMark(Charset charset, String text, int... mark) throws IOException {
    byte[] file = join(bytes(mark), text.getBytes(charset));
    assertThat(detect(file)).isEqualTo(new TextEncoding(charset, mark.length, false));
    assertThat(read(file)).isEqualTo(text);
  }

  @Test
  void loneSurrogatesOfUtf16BecomeReplacementCharacters() throws IOException {
    byte[] file = bytes(0xFE, 0xFF, 0, 'a', 0xD8, 0x35, 0, 'b', 0xDC, 0x00, 0, 'c');
    assertThat(read(file)).startsWith("a\uFFFD").endsWith("\uFFFDc").doesNotContain("\uDC00");
  }

  @Test
  void chineseInGb18030IsRead() throws IOException {
    String text = "库房编号是七四一。".repeat(40);
    byte[] file = text.getBytes(Charset.forName("GB18030"));
    assertThat(detect(file).charset()).isEqualTo(Charset.forName("GB18030"));
    assertThat(read(file)).isEqualTo(text);
  }

  @Test
  void westernTextInWindows1252IsRead() throws IOException {
    Charset windows = Charset.forName("windows-1252");
    String apostrophe = PAGE + "It’s – “so”." + PAGE;
    assertThat(detect(apostrophe.getBytes(windows))).isEqualTo(new TextEncoding(windows, 0, true));
    assertThat(read(apostrophe.getBytes(windows))).isEqualTo(apostrophe);
    assertThat(read(GERMAN.getBytes(windows))).isEqualTo(GERMAN);
  }

  @Test
  void theOnlyOddByteMayStandFarFromTheStart() throws IOException {
    byte[] file = join(utf8(PAGE.repeat(300)), bytes(0x92), utf8("s lamp"));
    assertThat(read(file)).endsWith("’s lamp");
  }

  @Test
  void cyrillicIsTold() throws IOException {
    String text = "Фонарь зажигают в сумерках и гасят на рассвете. ".repeat(20);
    for (String name : new String[] {"windows-1251", "KOI8-R"}) {
      assertThat(read(text.getBytes(Charset.forName(name)))).isEqualTo(text);
    }
  }

  @Test
  void wideTextWithoutAMarkIsTold() throws IOException {
    String chinese = "库房编号是七四一。钥匙在门后，不要拿走。".repeat(20);
    String cyrillic = "Фонарь зажигают в сумерках и гасят на рассвете. ".repeat(20);
    for (String text : new String[] {PAGE + "Łąka 𝔘", cyrillic, chinese, GERMAN, "Ключ 4417\n"}) {
      for (String name : new String[] {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"}) {
        byte[] bytes = text.getBytes(Charset.forName(name));
        assertThat(detect(bytes)).isEqualTo(new TextEncoding(Charset.forName(name), 0, false));
        assertThat(read(bytes)).isEqualTo(text);
      }
    }
  }

  @Test
  void wideTextThatWasCutShortIsTold() throws IOException {
    byte[] bytes = GERMAN.getBytes(StandardCharsets.UTF_16BE);
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
    assertThat(detect(cut).charset()).isEqualTo(StandardCharsets.UTF_16BE);
  }

  @Test
  void nulsBetweenNamesOrAtTheEndMakeNoWideText() throws IOException {
    String names = "./stock/Ordnung.txt\0./plan.md\0./Ma\u00DFe/schr\u00E4g.txt\0".repeat(50);
    assertThat(read(utf8(names))).isEqualTo(names);
    byte[] filledUp = join(GERMAN.getBytes(Charset.forName("windows-1252")), new byte[9000]);
    assertThat(read(filledUp)).startsWith(GERMAN);
  }

  @Test
  void aBinaryPartFarFromTheStartIsRefused() {
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    byte[] file = join(utf8(PAGE.repeat(300)), noise);
    assertThatThrownBy(() -> detect(file))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.code()).isEqualTo(ProblemCode.UNSUPPORTED_FORMAT));
  }

  @Test
  void encodingsThatSwitchByEscapesAreTold() throws IOException {
    assertEscapes("ISO-2022-JP", "鍵は4417番。");
    assertEscapes("ISO-2022-JP-2", "鍵は4417番、丂");
    assertEscapes("ISO-2022-KR", "열쇠 번호는 4417입니다.");
  }

  private static void assertEscapes(String charset, String text) throws IOException {
    byte[] bytes = text.getBytes(Charset.forName(charset));
    assertThat(detect(bytes)).isEqualTo(new TextEncoding(Charset.forName(charset), 0, false));
    assertThat(read(bytes)).isEqualTo(text);
    assertThat(BinaryContent.isIn(bytes)).isFalse();
  }

  @Test
  void coloursOfATerminalAreNoEncoding() throws IOException {
    byte[] log = utf8("\u001B(B\u001B[31mred\u001B[0m costs $5\n");
    assertThat(detect(log).charset()).isEqualTo(StandardCharsets.UTF_8);
  }
}
