package dev.cairn.ingest;

import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/**
 * Writes the text that a reader of an HTML page sees: blocks on lines of their own, table cells
 * apart by tabs, white space collapsed as a browser does it (CSS Text 3, section 4.1). What a
 * browser does not show is left out: scripts, styles, hidden elements.
 */
final class HtmlText implements NodeFilter {

  private static final Set<String> UNSEEN =
      Set.of(
          "head",
          "script",
          "style",
          "template",
          "noscript",
          "iframe",
          "object",
          "svg",
          "math",
          "audio",
          "video",
          "canvas",
          "datalist",
          "select");

  private static final Set<String> PARAGRAPHS =
      Set.of(
          "p",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "blockquote",
          "ul",
          "ol",
          "dl",
          "table",
          "pre",
          "figure");

  /** What an entity such as {@code &#xD800;} leaves. */
  private static final Pattern HALF_PAIR = Pattern.compile("\\p{Cs}");

  private static final Pattern HIDING =
      Pattern.compile("display\\s*:\\s*none|visibility\\s*:\\s*hidden", Pattern.CASE_INSENSITIVE);

  private static final Set<String> PREFORMATTED = Set.of("pre", "textarea");

  private final StringBuilder text = new StringBuilder();
  private int preformatted;

  private HtmlText() {}

  static void write(Element page, Writer target) throws IOException {
    HtmlText text = new HtmlText();
    page.filter(text);
    String whole = HALF_PAIR.matcher(text.text).replaceAll("\uFFFD");
    target.append(whole.strip()).append('\n');
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node instanceof TextNode piece) {
      append(piece);
    } else if (node instanceof Element element) {
      if (isUnseen(element)) {
        return FilterResult.SKIP_ENTIRELY;
      }
      begin(element);
    }
    return FilterResult.CONTINUE;
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element) {
      end(element);
    }
    return FilterResult.CONTINUE;
  }

  private static boolean isUnseen(Element element) {
    return UNSEEN.contains(element.normalName())
        || element.hasAttr("hidden")
        || HIDING.matcher(element.attr("style")).find();
  }

  private void begin(Element element) {
    preformatted += PREFORMATTED.contains(element.normalName()) ? 1 : 0;
    switch (element.normalName()) {
      case "br" -> text.append('\n');
      case "td", "th" -> separateCell();
      default -> breakAround(element);
    }
  }

  private void end(Element element) {
    preformatted -= PREFORMATTED.contains(element.normalName()) ? 1 : 0;
    breakAround(element);
  }

  private void breakAround(Element element) {
    if (PARAGRAPHS.contains(element.normalName())) {
      endLines(2);
    } else if (element.isBlock() && !isCell(element)) {
      endLines(1);
    }
  }

  private static boolean isCell(Element element) {
    return element.nameIs("td") || element.nameIs("th");
  }

  private void separateCell() {
    if (!endsWith('\n')) {
      trimBlanks();
      text.append('\t');
    }
  }

  private void endLines(int wanted) {
    trimBlanks();
    int lineEnds = 0;
    while (lineEnds < text.length() && text.charAt(text.length() - 1 - lineEnds) == '\n') {
      lineEnds++;
    }
    if (!text.isEmpty()) {
      text.repeat('\n', Math.max(0, wanted - lineEnds));
    }
  }

  private void trimBlanks() {
    while (endsWith(' ') || endsWith('\t')) {
      text.setLength(text.length() - 1);
    }
  }

  private void append(TextNode piece) {
    if (preformatted > 0) {
      text.append(piece.getWholeText());
    } else {
      piece.getWholeText().chars().forEach(c -> appendCollapsed((char) c));
    }
  }

  private void appendCollapsed(char c) {
    if (" \t\n\r\f".indexOf(c) < 0) {
      text.append(c);
    } else if (!text.isEmpty() && !endsWith(' ') && !endsWith('\t') && !endsWith('\n')) {
      text.append(' ');
    }
  }

  private boolean endsWith(char c) {
    return !text.isEmpty() && text.charAt(text.length() - 1) == c;
  }
}
