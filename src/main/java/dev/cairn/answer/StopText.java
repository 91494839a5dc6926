package dev.cairn.answer;

import java.util.List;

/**
 * Ends a text before the first of some strings. Text that may be the beginning of one is held back
 * until it is not. Used by one thread, for one answer.
 */
final class StopText {

  private final List<String> stops;
  private final StringBuilder held = new StringBuilder();
  private boolean found;

  /**
   * @param stops none empty
   */
  StopText(List<String> stops) {
    this.stops = stops;
  }

  /** The text that this piece releases; nothing once a stop was found. */
  String push(String piece) {
    if (found) {
      return "";
    }
    held.append(piece);
    int first = first();
    if (first >= 0) {
      found = true;
      held.setLength(first);
      return release(first);
    }
    return release(held.length() - begun());
  }

  /** Whether the text has ended. */
  boolean isFound() {
    return found;
  }

  /** What is still held back, when no more text comes. */
  String rest() {
    return release(held.length());
  }

  private String release(int length) {
    String text = held.substring(0, length);
    held.delete(0, length);
    return text;
  }

  private int first() {
    return stops.stream().mapToInt(held::indexOf).filter(at -> at >= 0).min().orElse(-1);
  }

  /** How many of the last characters may begin a stop. */
  private int begun() {
    int longest = stops.stream().mapToInt(String::length).max().orElse(1) - 1;
    for (int length = Math.min(longest, held.length()); length > 0; length--) {
      String end = held.substring(held.length() - length);
      if (stops.stream().anyMatch(stop -> stop.startsWith(end))) {
        return length;
      }
    }
    return 0;
  }
}
