package dev.cairn.page;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/** What browsers do with elements by their names and styles (HTML Standard, section 15.3). */
final class PageNames {

  private static final Set<String> UNSEEN =
      Set.of(
          "head",
          "title",
          "script",
          "style",
          "template",
          "noscript",
          "noframes",
          "iframe",
          "object",
          "audio",
          "video",
          "canvas",
          "datalist",
          "rp",
          "annotation",
          "annotation-xml",
          "mphantom");

  private static final Set<String> UNSEEN_IN_SVG = Set.of("desc", "metadata", "defs");

  private static final Set<String> STRUCK_OUT = Set.of("del", "s", "strike");

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
          "dir",
          "menu",
          "dl",
          "table",
          "pre",
          "listing",
          "xmp",
          "plaintext",
          "fieldset",
          "figure");

  private static final Set<String> BLOCKS =
      Set.of(
          "html",
          "body",
          "address",
          "article",
          "aside",
          "caption",
          "center",
          "dd",
          "details",
          "dialog",
          "div",
          "dt",
          "figcaption",
          "footer",
          "form",
          "frameset",
          "header",
          "hgroup",
          "hr",
          "legend",
          "li",
          "main",
          "marquee",
          "nav",
          "optgroup",
          "option",
          "search",
          "section",
          "select",
          "summary",
          "tbody",
          "tfoot",
          "thead",
          "tr");

  /** Boxes in a line, apart from the words around them. */
  private static final Set<String> BOXES =
      Set.of("button", "input", "textarea", "meter", "progress");

  private static final Set<String> LISTS = Set.of("ol", "ul", "menu", "dir");

  private static final Set<String> VALUES_SHOWN =
      Set.of(
          "",
          "text",
          "search",
          "url",
          "tel",
          "email",
          "number",
          "date",
          "time",
          "datetime-local",
          "month",
          "week",
          "submit",
          "reset",
          "button");

  private static final Set<String> PREFORMATTED =
      Set.of("pre", "listing", "xmp", "plaintext", "textarea");

  private static final Pattern HIDING =
      Pattern.compile("display\\s*:\\s*none|visibility\\s*:\\s*hidden", Pattern.CASE_INSENSITIVE);

  private static final Pattern STRIKING =
      Pattern.compile(
          "text-decoration[a-z-]{0,10}\\s*:[^;]{0,100}line-through", Pattern.CASE_INSENSITIVE);

  private static final Pattern UNNUMBERING =
      Pattern.compile("list-style[a-z-]{0,10}\\s*:[^;]{0,100}none", Pattern.CASE_INSENSITIVE);

  private static final Pattern BLOCK =
      Pattern.compile(
          "display\\s*:\\s*(?:block|flex|grid|list-item|flow-root|table)\\s*(?:$|;|!)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern PREFORMATTING =
      Pattern.compile("white-space\\s*:\\s*(?:pre|break-spaces)", Pattern.CASE_INSENSITIVE);

  private static final Pattern SUPERSCRIPT =
      Pattern.compile("vertical-align\\s*:\\s*super", Pattern.CASE_INSENSITIVE);

  private static final Pattern SUBSCRIPT =
      Pattern.compile("vertical-align\\s*:\\s*sub", Pattern.CASE_INSENSITIVE);

  private PageNames() {}

  /** Without a prefix, which pages of XML may have, and in lower case. */
  static String name(Element element) {
    return element.tag().localName().toLowerCase(Locale.ROOT);
  }

  /** Not shown, or struck out, which is no longer meant. */
  static boolean isUnseen(Element element) {
    String name = name(element);
    return UNSEEN.contains(name)
        || UNSEEN_IN_SVG.contains(name) && isSvg(element)
        || STRUCK_OUT.contains(name)
        || name.equals("input") && element.attr("type").equalsIgnoreCase("hidden")
        || element.hasAttr("hidden")
        || hasStyle(element, HIDING)
        || hasStyle(element, STRIKING);
  }

  private static boolean hasStyle(Element element, Pattern style) {
    return element.hasAttr("style") && style.matcher(element.attr("style")).find();
  }

  private static boolean isSvg(Element element) {
    return element.tag().namespace().equals(Parser.NamespaceSvg);
  }

  static boolean isMath(Element element) {
    return element.tag().namespace().equals(Parser.NamespaceMathml);
  }

  /** How many line ends stand around the element at least. */
  static int lineEnds(Element element) {
    String name = name(element);
    if (PARAGRAPHS.contains(name)) {
      return 2;
    }
    return BLOCKS.contains(name) || isBlockOfSvgOrMath(element, name) || hasStyle(element, BLOCK)
        ? 1
        : 0;
  }

  /** A drawing's texts stand anywhere in it, and so do the parts that have a place of their own. */
  private static boolean isBlockOfSvgOrMath(Element element, String name) {
    return switch (name) {
      case "text" -> isSvg(element);
      case "tspan" -> element.hasAttr("x") || element.hasAttr("y") || element.hasAttr("dy");
      case "math" -> element.attr("display").equalsIgnoreCase("block");
      default -> false;
    };
  }

  static boolean isNumbered(Element list) {
    return name(list).equals("ol") && !hasStyle(list, UNNUMBERING);
  }

  static boolean isList(Element element) {
    return LISTS.contains(name(element));
  }

  /** What a field or a button shows. */
  static String value(Element element) {
    boolean shown =
        name(element).equals("input")
            && VALUES_SHOWN.contains(element.attr("type").toLowerCase(Locale.ROOT));
    return shown ? element.attr("value") : "";
  }

  static int number(Element element, String attribute, int otherwise) {
    try {
      return Integer.parseInt(element.attr(attribute).strip());
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  static boolean isBox(Element element) {
    return BOXES.contains(name(element));
  }

  static boolean isPreformatted(Element element) {
    return PREFORMATTED.contains(name(element)) || hasStyle(element, PREFORMATTING);
  }

  /** Whether it raises or lowers what it holds. */
  static boolean isScript(Element element) {
    String name = name(element);
    return name.equals("sub")
        || isSuperscript(element)
        || name.equals("span") && hasStyle(element, SUBSCRIPT);
  }

  static boolean isSuperscript(Element element) {
    String name = name(element);
    return name.equals("sup") || name.equals("span") && hasStyle(element, SUPERSCRIPT);
  }
}
