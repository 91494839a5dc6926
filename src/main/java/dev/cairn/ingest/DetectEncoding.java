package dev.cairn.ingest;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds out the encoding of bytes in one pass over all of them: by the byte order mark; else by the
 * escapes of ISO 2022; else UTF-16 or UTF-32 where most bytes would be text so; else UTF-8 where
 * the bytes have its form, a few broken ones aside; else by the statistics of ICU over those parts
 * that are not ASCII. Holds 100 KB of heap, however long the bytes are.
 */
final class DetectEncoding {

  /** Of UTF-8 text with some damage; other encodings hardly ever form one UTF-8 character. */
  private static final int VALID_PER_BROKEN = 4;

  /** ICU looks at no more. */
  private static final int SAMPLE_BYTES = 8000;

  private static final int SLICE_BYTES = 400;
  private static final int BUFFER_BYTES = SLICE_BYTES * 128;
  private static final int LEAST_CONFIDENCE = 10;
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private final Utf8Form form = new Utf8Form();
  private final EscapeForm escapes = new EscapeForm();
  private final UnmarkedUnicode unmarked = new UnmarkedUnicode();
  private final ControlBytes controls = new ControlBytes();
  private boolean hasBinaryPart;
  private final ByteArrayOutputStream sample = new ByteArrayOutputStream(SAMPLE_BYTES);

  private DetectEncoding() {}

  /**
   * @throws Problem unsupported_format when the bytes are text in no encoding that is known here
   */
  static TextEncoding of(InputStream bytes) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    int read = bytes.readNBytes(buffer, 0, buffer.length);
    Optional<ByteOrderMark> mark = ByteOrderMark.of(buffer);
    if (mark.isPresent()) {
      return new TextEncoding(mark.get().charset(), mark.get().length(), false);
    }
    DetectEncoding detection = new DetectEncoding();
    while (read > 0) {
      detection.look(buffer, read);
      read = bytes.readNBytes(buffer, 0, buffer.length);
    }
    return detection.decide();
  }

  private void look(byte[] buffer, int length) {
    form.add(buffer, length);
    escapes.add(buffer, length);
    unmarked.add(buffer, length);
    lookForControls(buffer, length);
    takeSample(buffer, length);
  }

  private void lookForControls(byte[] buffer, int length) {
    ControlBytes here = new ControlBytes();
    here.add(buffer, length);
    hasBinaryPart |= here.areMany();
    controls.add(buffer, length);
  }

  private void takeSample(byte[] buffer, int length) {
    for (int from = 0; from < length && sample.size() < SAMPLE_BYTES; from += SLICE_BYTES) {
      int end = Math.min(length, from + SLICE_BYTES);
      if (!isAscii(buffer, from, end)) {
        sample.write(buffer, from, end - from);
      }
    }
  }

  private static boolean isAscii(byte[] buffer, int from, int end) {
    for (int i = from; i < end; i++) {
      if (buffer[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private TextEncoding decide() {
    form.end();
    Optional<Charset> certain = byForm();
    if (certain.isPresent()) {
      return new TextEncoding(certain.get(), 0, false);
    }
    if (hasBinaryPart || looksWide()) {
      throw new Problem(
          ProblemCode.UNSUPPORTED_FORMAT,
          "This file is not text, or in an encoding that is not recognised here: save it as UTF-8"
              + " and upload it again.");
    }
    return isUtf8()
        ? new TextEncoding(StandardCharsets.UTF_8, 0, false)
        : new TextEncoding(guess(), 0, true);
  }

  private Optional<Charset> byForm() {
    boolean ascii = form.valid() == 0 && form.broken() == 0;
    Optional<Charset> escaped = escapes.charset().filter(charset -> ascii);
    return escaped.isPresent() ? escaped : unmarked.charset(form.broken() == 0 && !controls.any());
  }

  /** Characters of several bytes, some of which are damaged. */
  private boolean looksWide() {
    return controls.hasManyNulsInside() && (controls.any() || form.broken() > 0);
  }

  private boolean isUtf8() {
    return form.valid() >= form.broken() * VALID_PER_BROKEN;
  }

  private Charset guess() {
    for (CharsetMatch match : new CharsetDetector().setText(sample.toByteArray()).detectAll()) {
      if (match.getConfidence() >= LEAST_CONFIDENCE && isPlausible(match.getName())) {
        Charset charset = Charset.forName(match.getName());
        // The web reads ISO-8859-1 so, too: it only adds characters where that has none.
        return charset.equals(StandardCharsets.ISO_8859_1) ? WINDOWS_1252 : charset;
      }
    }
    return WINDOWS_1252;
  }

  /** EBCDIC is no encoding of text files, and Unicode was looked for before. */
  private static boolean isPlausible(String name) {
    return !name.startsWith("IBM") && !name.startsWith("UTF-") && Charset.isSupported(name);
  }
}
