package dev.cairn.text;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/**
 * Tells the characters that no reader sees and that only get in the way of words: soft hyphens,
 * zero-width characters, marks of direction in a text that runs one way. Kept are those that a
 * script or an emoji needs. Takes the code points of one text in their order.
 */
public final class InvisibleCharacters {

  private static final int SOFT_HYPHEN = 0x00AD;
  private static final int FIRST_RIGHT_TO_LEFT = 0x0590;

  /** Letters of these look the same with and without a joiner behind them. */
  private static final Set<UnicodeScript> UNJOINED =
      EnumSet.of(
          UnicodeScript.COMMON,
          UnicodeScript.LATIN,
          UnicodeScript.GREEK,
          UnicodeScript.CYRILLIC,
          UnicodeScript.ARMENIAN,
          UnicodeScript.GEORGIAN,
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL);

  /** Written without blanks: a zero-width space is where a word ends. */
  private static final Set<UnicodeScript> WITHOUT_BLANKS =
      EnumSet.of(
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR,
          UnicodeScript.TIBETAN,
          UnicodeScript.BALINESE,
          UnicodeScript.JAVANESE);

  private int base;
  private boolean rightToLeft;

  /** Whether the text reads the same without its next code point. */
  public boolean drops(int codePoint) {
    if (codePoint >= SOFT_HYPHEN && Character.getType(codePoint) == Character.FORMAT) {
      return !matters(codePoint);
    }
    remember(codePoint);
    return false;
  }

  private boolean matters(int format) {
    return switch (format) {
      case SOFT_HYPHEN, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0xFEFF -> false;
      case 0x200B -> WITHOUT_BLANKS.contains(script());
      case 0x200C, 0x200D -> isJoined();
      default -> isDirection(format) ? rightToLeft : !isTag(format) || isJoined();
    };
  }

  private boolean isJoined() {
    return base > 0x7F && (Character.isEmoji(base) || !UNJOINED.contains(script()));
  }

  private UnicodeScript script() {
    return UnicodeScript.of(base);
  }

  private static boolean isDirection(int format) {
    return format == 0x061C
        || format >= 0x200E && format <= 0x200F
        || format >= 0x202A && format <= 0x202E
        || format >= 0x2066 && format <= 0x206F;
  }

  /** Of a flag's region, behind an emoji; elsewhere a way to hide text. */
  private static boolean isTag(int format) {
    return format >= 0xE0001;
  }

  /** Marks and variation selectors belong to the character in front of them. */
  private void remember(int codePoint) {
    if (codePoint < FIRST_RIGHT_TO_LEFT) {
      base = codePoint;
    } else if (Character.getType(codePoint) != Character.NON_SPACING_MARK) {
      base = codePoint;
      rightToLeft |= isRightToLeft(codePoint);
    }
  }

  private static boolean isRightToLeft(int codePoint) {
    byte direction = Character.getDirectionality(codePoint);
    return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
  }
}
