package dev.cairn.page;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jspecify.annotations.Nullable;

/**
 * Writes the text that a reader of a page sees: blocks on lines of their own, a table's row on one
 * line with its cells apart by tabs, raised and lowered characters behind {@code ^} and {@code _}.
 * What a browser does not show, and what is struck out, is left out.
 */
public final class HtmlText implements NodeFilter {

  /** What an entity such as {@code &#xD800;} leaves. */
  private static final Pattern HALF_PAIR = Pattern.compile("\\p{Cs}");

  private static final Set<String> TABLE_PARTS = Set.of("table", "thead", "tbody", "tfoot", "tr");

  /** Of a table that holds no data. */
  private static final Optional<TableGrid> FRAME = Optional.empty();

  private final PageLines lines = new PageLines();
  private final Scripts scripts = new Scripts(lines);
  private final ListNumbers numbers = new ListNumbers();
  private final TableGrid.Padding padding = new TableGrid.Padding();
  private final Deque<Optional<TableGrid>> tables = new ArrayDeque<>();
  private final Set<Element> frames;
  private @Nullable Element cell;
  private int preformatted;

  private HtmlText(Set<Element> frames) {
    this.frames = frames;
  }

  public static void write(Element page, Writer target) throws IOException {
    moveFootersBelow(page);
    HtmlText text = new HtmlText(FrameTables.in(page));
    page.filter(text);
    String whole = HALF_PAIR.matcher(text.lines.whole()).replaceAll("\uFFFD");
    target.append(whole).append('\n').flush();
  }

  /** A page may give the last rows of a table before the others. */
  private static void moveFootersBelow(Element page) {
    Set<Element> done = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Element footer : page.getElementsByTag("tfoot")) {
      Element table = footer.parent();
      if (table != null && PageNames.name(table).equals("table") && done.add(table)) {
        table.appendChild(footer);
      }
    }
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node instanceof TextNode piece) {
      append(piece);
    } else if (node instanceof Element element) {
      if (PageNames.isUnseen(element)) {
        return FilterResult.SKIP_ENTIRELY;
      }
      preformatted += PageNames.isPreformatted(element) ? 1 : 0;
      lines.append(MathSigns.before(element));
      begin(element, PageNames.name(element));
    }
    return FilterResult.CONTINUE;
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element) {
      preformatted -= PageNames.isPreformatted(element) ? 1 : 0;
      end(element, PageNames.name(element));
      lines.append(MathSigns.after(element));
    }
    return FilterResult.CONTINUE;
  }

  private void begin(Element element, String name) {
    switch (name) {
      case "br" -> lines.breakLine();
      case "q" -> lines.append("“");
      case "rt" -> lines.mark("(");
      case "table" -> {
        lines.endLines(2);
        tables.push(frames.contains(element) ? FRAME : Optional.of(new TableGrid(padding)));
      }
      case "td", "th" -> beginCell(element);
      case "li" -> {
        lines.endLines(1);
        lines.mark(numbers.before(element));
      }
      default -> beginOther(element);
    }
  }

  private void beginOther(Element element) {
    int lineEnds = PageNames.lineEnds(element);
    lines.endLines(lineEnds);
    if (PageNames.isList(element)) {
      numbers.beginList(element);
    }
    if (PageNames.isBox(element)) {
      lines.append(" " + PageNames.value(element));
    }
    if (lineEnds == 0 && PageNames.isScript(element)) {
      scripts.begin(element);
    }
  }

  private void end(Element element, String name) {
    switch (name) {
      case "br" -> {}
      case "q" -> lines.append("”");
      case "rt" -> lines.append(lines.unmark() ? "" : ")");
      case "table" -> endTable();
      case "td", "th" -> endCell(element);
      case "tr" -> endRow();
      case "li" -> {
        lines.unmark();
        lines.endLines(1);
      }
      case "thead", "tbody", "tfoot" -> endGroup();
      default -> endOther(element);
    }
  }

  private void endOther(Element element) {
    int lineEnds = PageNames.lineEnds(element);
    if (PageNames.isList(element)) {
      numbers.endList();
    }
    if (lineEnds == 0 && PageNames.isScript(element)) {
      scripts.end();
    }
    if (PageNames.isBox(element)) {
      lines.append(" ");
    }
    lines.endLines(lineEnds);
  }

  private Optional<TableGrid> grid() {
    return tables.isEmpty() ? FRAME : tables.getFirst();
  }

  private void beginCell(Element element) {
    if (cell == null && grid().isPresent()) {
      cell = element;
      lines.beginCell();
    } else {
      lines.endLines(1);
    }
  }

  private void endCell(Element element) {
    if (element == cell) {
      cell = null;
      String words = lines.endCell();
      grid().ifPresent(grid -> grid.add(element, words));
    } else {
      lines.endLines(1);
    }
  }

  private void endRow() {
    String row = grid().filter(grid -> cell == null).map(TableGrid::endRow).orElse("");
    if (row.isEmpty()) {
      lines.endLines(1);
    } else {
      lines.line(row);
    }
  }

  private void endGroup() {
    endRow();
    grid().ifPresent(TableGrid::endGroup);
  }

  private void endTable() {
    endRow();
    tables.pop();
    lines.endLines(2);
  }

  private void append(TextNode piece) {
    String words = piece.getWholeText();
    if (preformatted > 0) {
      lines.appendAsItIs(words);
    } else if (!isOutside(piece) && !(piece.isBlank() && isBetweenParts(piece))) {
      lines.append(words);
    }
  }

  /** Beside the page's element XML has declarations alone. */
  private static boolean isOutside(TextNode piece) {
    return piece.parent() instanceof Document;
  }

  /** White space there is of the page's source alone. */
  private static boolean isBetweenParts(TextNode piece) {
    return piece.parent() instanceof Element around
        && (TABLE_PARTS.contains(PageNames.name(around)) || PageNames.isMath(around));
  }
}
