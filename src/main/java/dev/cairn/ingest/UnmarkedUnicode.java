package dev.cairn.ingest;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Recognises UTF-16 and UTF-32 without a byte order mark by what all of the bytes would be. */
final class UnmarkedUnicode {

  /** In any language one character of a hundred is a blank, a line end, a digit or a full stop. */
  private static final int LEAST_SHARE = 100;

  /**
   * Where the bytes are clean UTF-8 with NUL characters in it, as lists of names may be, they are
   * something else only when most characters would be plain.
   */
  private static final int LEAST_SHARE_BESIDE_UTF8 = 2;

  private final List<WideForm> forms =
      List.of(
          new WideForm(StandardCharsets.UTF_16LE, 2, true),
          new WideForm(StandardCharsets.UTF_16BE, 2, false),
          new WideForm(StandardCharsets.UTF_32LE, 4, true),
          new WideForm(StandardCharsets.UTF_32BE, 4, false));

  /**
   * @param length a multiple of four, but for the last
   */
  void add(byte[] buffer, int length) {
    boolean maybe = ControlBytes.anyIn(buffer, length);
    for (WideForm form : forms) {
      if (maybe) {
        form.add(buffer, length);
      } else {
        form.pass(length);
      }
    }
  }

  Optional<Charset> charset(boolean cleanUtf8) {
    int leastShare = cleanUtf8 ? LEAST_SHARE_BESIDE_UTF8 : LEAST_SHARE;
    return forms.stream()
        .filter(form -> form.isText(leastShare) && !isDamaged(form))
        .max(Comparator.comparingLong(WideForm::plain))
        .map(WideForm::charset);
  }

  /** Behind a byte that was lost, text of the one order is text of the other. */
  private boolean isDamaged(WideForm form) {
    return forms.stream()
        .anyMatch(other -> other != form && other.width() == form.width() && other.hasLongRun());
  }
}
