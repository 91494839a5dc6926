package dev.cairn.ingest;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tells files that hold something else than text. */
final class BinaryContent {

  private static final List<byte[]> MAGIC =
      List.of(
          ascii("%PDF-"),
          ascii("%!PS"),
          ascii("{\\rtf"),
          ascii("PK\u0003\u0004"),
          ascii("PK\u0005\u0006"),
          ascii("Rar!\u001a\u0007"),
          ascii("7z\u00bc\u00af\u0027\u001c"),
          ascii("\u001f\u008b\u0008"),
          ascii("BZh"),
          ascii("\u00fd7zXZ"),
          ascii("\u0028\u00b5\u002f\u00fd"),
          ascii("\u00d0\u00cf\u0011\u00e0"),
          ascii("\u0089PNG"),
          ascii("GIF8"),
          ascii("\u00ff\u00d8\u00ff"),
          ascii("\u007fELF"),
          ascii("SQLite format 3"));

  private BinaryContent() {}

  static boolean isIn(byte[] head) {
    return MAGIC.stream().anyMatch(magic -> startsWith(head, magic)) || hasManyControls(head);
  }

  private static boolean startsWith(byte[] head, byte[] magic) {
    if (head.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if (head[i] != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasManyControls(byte[] head) {
    ControlBytes controls = new ControlBytes();
    controls.add(head, head.length);
    return controls.areMany() && !isMarkedWide(head) && !isUnmarkedText(head);
  }

  private static boolean isMarkedWide(byte[] head) {
    return ByteOrderMark.of(head).filter(ByteOrderMark::isWide).isPresent();
  }

  private static boolean isUnmarkedText(byte[] head) {
    UnmarkedUnicode unicode = new UnmarkedUnicode();
    unicode.add(head, head.length);
    EscapeForm escapes = new EscapeForm();
    escapes.add(head, head.length);
    return unicode.charset(false).isPresent() || escapes.charset().isPresent();
  }

  private static byte[] ascii(String magic) {
    return magic.getBytes(StandardCharsets.ISO_8859_1);
  }
}
