package dev.cairn.page;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.select.NodeVisitor;

/**
 * Finds the tables that frame a page and hold no data: those with a table or with several
 * paragraphs in a cell, with one column, or that say so. Their cells are blocks and not parts of a
 * row.
 */
final class FrameTables implements NodeVisitor {

  private static final int PARAGRAPHS_OF_DATA = 2;

  private static final Set<String> PARAGRAPHS = Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6");

  /** What was seen of a table so far. */
  private static final class Seen {

    private boolean frames;
    private int cells;
    private int mostCells;
    private int paragraphs;

    private void begin(String name) {
      switch (name) {
        case "tr" -> cells = 0;
        case "td", "th" -> {
          cells++;
          paragraphs = 0;
          mostCells = Math.max(mostCells, cells);
        }
        default -> {
          paragraphs += PARAGRAPHS.contains(name) ? 1 : 0;
          frames |= paragraphs > PARAGRAPHS_OF_DATA;
        }
      }
    }
  }

  private final Set<Element> found = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Seen> open = new ArrayDeque<>();

  private FrameTables() {}

  static Set<Element> in(Element page) {
    FrameTables tables = new FrameTables();
    page.traverse(tables);
    return tables.found;
  }

  @Override
  public void head(Node node, int depth) {
    if (node instanceof Element element) {
      begin(element, PageNames.name(element));
    }
  }

  private void begin(Element element, String name) {
    if (name.equals("table")) {
      markAround();
      open.push(new Seen());
    } else if (!open.isEmpty()) {
      open.getFirst().begin(name);
    }
  }

  private void markAround() {
    if (!open.isEmpty()) {
      open.getFirst().frames = true;
    }
  }

  @Override
  public void tail(Node node, int depth) {
    if (node instanceof Element element && PageNames.name(element).equals("table")) {
      Seen seen = open.pop();
      if (seen.frames || seen.mostCells < 2 || isPresentation(element)) {
        found.add(element);
      }
    }
  }

  private static boolean isPresentation(Element table) {
    return table.attr("role").equals("presentation") || table.attr("role").equals("none");
  }
}
