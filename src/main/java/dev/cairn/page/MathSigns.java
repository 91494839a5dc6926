package dev.cairn.page;

import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;

/** The signs that stand in a line for the places of a formula's parts (MathML Core). */
final class MathSigns {

  /** By the element around: what stands before its second part, its third, and all others. */
  private static final Map<String, List<String>> BETWEEN =
      Map.ofEntries(
          Map.entry("mfrac", List.of("/")),
          Map.entry("msup", List.of("^")),
          Map.entry("msub", List.of("_")),
          Map.entry("msubsup", List.of("_", "^")),
          Map.entry("mover", List.of("^")),
          Map.entry("munder", List.of("_")),
          Map.entry("munderover", List.of("_", "^")),
          Map.entry("mmultiscripts", List.of("_", "^", " ")),
          Map.entry("mroot", List.of(", ")),
          Map.entry("mtable", List.of("; ")),
          Map.entry("mtr", List.of(" ")));

  private static final List<String> ROOTS = List.of("msqrt", "mroot");
  private static final List<String> ROWS = List.of("mroot", "mtable", "mtr");

  private MathSigns() {}

  static String before(Element part) {
    return between(part) + (isRoot(part) ? "√(" : "") + (isGroup(part) ? "(" : "");
  }

  static String after(Element part) {
    return (isGroup(part) ? ")" : "") + (isRoot(part) ? ")" : "");
  }

  private static String between(Element part) {
    List<String> signs = BETWEEN.get(around(part));
    int before = signs == null ? 0 : countBefore(part, signs.size());
    return signs == null || before == 0 ? "" : signs.get(before - 1);
  }

  private static int countBefore(Element part, int limit) {
    int count = 0;
    Element previous = part.previousElementSibling();
    while (previous != null && count < limit) {
      count++;
      previous = previous.previousElementSibling();
    }
    return count;
  }

  private static boolean isRoot(Element part) {
    return ROOTS.contains(PageNames.name(part));
  }

  /** A part of several beside another. */
  private static boolean isGroup(Element part) {
    String around = around(part);
    return BETWEEN.containsKey(around)
        && !ROWS.contains(around)
        && !isRoot(part)
        && part.childNodeSize() > 1
        && part.childrenSize() > 1;
  }

  private static String around(Element part) {
    Element parent = part.parent();
    return parent == null ? "" : PageNames.name(parent);
  }
}
