package dev.cairn.ingest;

import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the encodings of seven bits that switch between sets of characters by escape sequences
 * (ISO 2022; RFC 1468, 1554, 1557 and 1922). Those of terminals are others.
 */
final class EscapeForm {

  private static final char ESCAPE = 0x1B;
  private static final int LONGEST = 3;

  /** Adds JIS X 0212 to the same. */
  private static final String WITH_RARE_SIGNS = "ISO-2022-JP-2";

  private static final Map<String, String> SETS =
      Map.of(
          "$@", "ISO-2022-JP",
          "$B", "ISO-2022-JP",
          "(I", "ISO-2022-JP",
          "$(D", WITH_RARE_SIGNS,
          "$)C", "ISO-2022-KR",
          "$)A", "ISO-2022-CN",
          "$)G", "ISO-2022-CN");

  private final StringBuilder sequence = new StringBuilder();
  private boolean inSequence;
  private @Nullable String name;

  void add(byte[] buffer, int length) {
    for (int i = 0; i < length; i++) {
      take((char) (buffer[i] & 0xFF));
    }
  }

  private void take(char c) {
    if (c == ESCAPE) {
      sequence.setLength(0);
      inSequence = true;
    } else if (inSequence) {
      sequence.append(c);
      String found = SETS.get(sequence.toString());
      if (found != null && !WITH_RARE_SIGNS.equals(name)) {
        name = found;
      }
      inSequence = found == null && sequence.length() < LONGEST;
    }
  }

  Optional<Charset> charset() {
    return Optional.ofNullable(name).filter(Charset::isSupported).map(Charset::forName);
  }
}
