package dev.cairn.page;

import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/**
 * Writes raised and lowered characters so that they do not run into the word before them: 10^6,
 * H_2O, x^(n + 1).
 */
final class Scripts {

  private static final Pattern WORD = Pattern.compile("[+\\-−]?[\\p{L}\\p{M}\\p{N}.,′*†‡]*|\\[.*]");

  /** Part of the word before it: 19th. */
  private static final Pattern ORDINAL = Pattern.compile("st|nd|rd|th", Pattern.CASE_INSENSITIVE);

  private final PageLines lines;
  private int depth;
  private boolean marked;
  private boolean grouped;

  Scripts(PageLines lines) {
    this.lines = lines;
  }

  void begin(Element element) {
    if (depth == 0) {
      beginOutermost(element);
    } else if (marked) {
      lines.mark(sign(element));
    }
    depth++;
  }

  /** Only here is the content looked at, so that deep nesting takes no longer. */
  private void beginOutermost(Element element) {
    String content = element.wholeText().strip();
    marked = !content.isEmpty() && !isOrdinal(content);
    grouped = !WORD.matcher(content).matches();
    if (marked) {
      lines.mark(sign(element) + (grouped ? "(" : ""));
    }
  }

  private boolean isOrdinal(String content) {
    return Character.isDigit(lines.last()) && ORDINAL.matcher(content).matches();
  }

  private static String sign(Element element) {
    return PageNames.isSuperscript(element) ? "^" : "_";
  }

  void end() {
    depth--;
    if (marked && !lines.unmark() && depth == 0) {
      lines.append(grouped ? ")" : "");
      lines.setApart();
    }
  }
}
