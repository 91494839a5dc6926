package dev.cairn.page;

import com.ibm.icu.text.NumberFormat;
import com.ibm.icu.util.ULocale;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jsoup.nodes.Element;

/** The numbers that a browser writes before the items of ordered lists. */
final class ListNumbers {

  private static final int LETTERS = 26;
  private static final int MOST_ROMAN = 3999;

  /** Of a list that has none. */
  private static final Optional<Counter> UNNUMBERED = Optional.empty();

  private static final class Counter {

    private final String type;
    private int next;

    private Counter(String type, int next) {
      this.type = type;
      this.next = next;
    }
  }

  private final Deque<Optional<Counter>> lists = new ArrayDeque<>();

  /** Any kind of list. */
  void beginList(Element list) {
    lists.push(
        PageNames.isNumbered(list)
            ? Optional.of(new Counter(list.attr("type"), PageNames.number(list, "start", 1)))
            : UNNUMBERED);
  }

  void endList() {
    lists.pop();
  }

  /** What stands before an item; empty in a list without numbers. */
  String before(Element item) {
    return lists.isEmpty() ? "" : lists.getFirst().map(list -> take(list, item)).orElse("");
  }

  private static String take(Counter list, Element item) {
    int number = PageNames.number(item, "value", list.next);
    list.next = number + 1;
    return write(list.type, number) + ". ";
  }

  private static String write(String type, int number) {
    return switch (type) {
      case "a" -> letter(number, 'a');
      case "A" -> letter(number, 'A');
      case "i" -> roman(number, "romanlow");
      case "I" -> roman(number, "roman");
      default -> Integer.toString(number);
    };
  }

  private static String letter(int number, char first) {
    return number >= 1 && number <= LETTERS
        ? Character.toString(first + number - 1)
        : Integer.toString(number);
  }

  private static String roman(int number, String digits) {
    return number >= 1 && number <= MOST_ROMAN
        ? NumberFormat.getIntegerInstance(ULocale.forLanguageTag("en-u-nu-" + digits))
            .format(number)
        : Integer.toString(number);
  }
}
