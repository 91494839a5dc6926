package dev.cairn.page;

import java.util.regex.Pattern;

/**
 * The text of a page while it is written: white space collapsed as a browser does it (CSS Text 3,
 * section 4.1), in lines. A cell is written apart from the lines, and ends as one line.
 */
final class PageLines {

  private static final Pattern CELL_BLANKS = Pattern.compile("[ \\t\\n\\r\\f]+");
  private static final String BLANKS = " \t\n\r\f";

  private final StringBuilder lines = new StringBuilder();
  private final StringBuilder cell = new StringBuilder();
  private StringBuilder text = lines;
  private final StringBuilder mark = new StringBuilder();
  private boolean apart;

  void append(String words) {
    words.chars().forEach(c -> appendCollapsed((char) c));
  }

  void appendAsItIs(String words) {
    if (!words.isEmpty()) {
      beforeVisible(words.charAt(0));
      text.append(words);
    }
  }

  private void appendCollapsed(char c) {
    if (BLANKS.indexOf(c) < 0) {
      beforeVisible(c);
      text.append(c);
    } else if (!text.isEmpty() && BLANKS.indexOf(last()) < 0) {
      text.append(' ');
    }
  }

  private void beforeVisible(char c) {
    if (apart && isSameWord(last(), c)) {
      text.append(' ');
    }
    text.append(mark);
    mark.setLength(0);
    apart = false;
  }

  private static boolean isSameWord(char left, char right) {
    return Character.isDigit(left) && Character.isDigit(right)
        || Character.isLetter(left) && Character.isLetter(right);
  }

  /** Stands before the next character that is visible. */
  void mark(String sign) {
    mark.append(sign);
  }

  /** Takes back a mark that nothing visible followed; whether there was one. */
  boolean unmark() {
    boolean unused = !mark.isEmpty();
    mark.setLength(0);
    return unused;
  }

  /** What follows is a word of its own. */
  void setApart() {
    apart = true;
  }

  /** The last character; a line end where there is none. */
  char last() {
    return text.isEmpty() ? '\n' : text.charAt(text.length() - 1);
  }

  void breakLine() {
    text.append('\n');
  }

  void endLines(int wanted) {
    if (wanted > 0) {
      trimBlanks();
      int lineEnds = 0;
      while (lineEnds < text.length() && text.charAt(text.length() - 1 - lineEnds) == '\n') {
        lineEnds++;
      }
      if (!text.isEmpty()) {
        text.repeat('\n', Math.max(0, wanted - lineEnds));
      }
    }
  }

  private void trimBlanks() {
    while (last() == ' ' || last() == '\t') {
      text.setLength(text.length() - 1);
    }
  }

  void beginCell() {
    text = cell;
  }

  String endCell() {
    String words = CELL_BLANKS.matcher(cell).replaceAll(" ").strip();
    cell.setLength(0);
    text = lines;
    return words.codePoints().allMatch(Character::isSpaceChar) ? "" : words;
  }

  /** A line whose white space is kept. */
  void line(String row) {
    endLines(1);
    text.append(row).append('\n');
  }

  /** Empty cells at the ends of lines are kept. */
  String whole() {
    int from = 0;
    while (from < lines.length() && lines.charAt(from) == '\n') {
      from++;
    }
    int to = lines.length();
    while (to > from && " \n\r\f".indexOf(lines.charAt(to - 1)) >= 0) {
      to--;
    }
    return lines.substring(from, to);
  }
}
