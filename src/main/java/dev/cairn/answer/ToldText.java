package dev.cairn.answer;

import dev.cairn.citation.WrittenText;
import java.util.function.Predicate;

/**
 * The text of an answer, of which an observer is told what will not be taken back: nothing while it
 * is held; then what is settled, once all that it states stands in what it cites. Where it does
 * not, the text ends before it. Used by one thread.
 */
final class ToldText {

  private final AnswerObserver observer;
  private final Predicate<WrittenText> bears;
  private final boolean checks;
  private final StringBuilder text = new StringBuilder();
  private boolean held;
  private boolean unsupported;
  private int told;

  /**
   * @param checks whether what is stated has to be borne out
   * @param bears whether what a text states stands in what it cites
   */
  ToldText(AnswerObserver observer, boolean checks, Predicate<WrittenText> bears) {
    this.observer = observer;
    this.checks = checks;
    this.bears = bears;
  }

  void hold() {
    held = true;
  }

  boolean isHeld() {
    return held;
  }

  void release() {
    held = false;
  }

  /** The answer goes on. Returns false when it is to end. */
  boolean add(String piece) {
    append(piece);
    return held ? observer.wrote("") : tell(settled());
  }

  /** It goes on, and nobody is told. */
  void append(String piece) {
    text.append(piece);
  }

  private WrittenText settled() {
    WrittenText whole = new WrittenText(text.toString(), false);
    return checks ? whole.settled() : whole;
  }

  private boolean tell(WrittenText settled) {
    if (checks && settled.text().length() > told && !bears.test(settled)) {
      unsupported = true;
      text.setLength(told);
      return false;
    }
    String piece = text.substring(told, Math.max(told, settled.text().length()));
    told += piece.length();
    return observer.wrote(piece);
  }

  /**
   * No more comes. What is left is told, unless all is held.
   *
   * @param cut whether it may end within a word
   */
  void end(boolean cut) {
    if (!held) {
      tell(written(cut));
    } else if (checks && !bears.test(written(cut))) {
      unsupported = true;
    }
  }

  /** Whether it ends before something that stands in nothing it cites. */
  boolean isUnsupported() {
    return unsupported;
  }

  /** Whether all of it can still be taken back. */
  boolean isUntold() {
    return told == 0;
  }

  WrittenText written(boolean cut) {
    return new WrittenText(text.toString(), cut);
  }
}
