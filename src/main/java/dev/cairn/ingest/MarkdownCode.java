package dev.cairn.ingest;

/**
 * Follows Markdown character by character and tells what is code, in which nothing is a comment:
 * fenced and indented blocks, and spans between backticks (CommonMark 0.31, sections 4.4, 4.5 and
 * 6.1). Where that depends on what comes later it takes text for code.
 */
final class MarkdownCode {

  private static final int FENCE = 3;
  private static final int CODE_INDENT = 4;

  /** In front of a fence: quotes and list items. */
  private static final String PREFIXES = ">-+*.)0123456789";

  private char fenceCharacter;
  private int fence;
  private boolean fenceBegins;
  private boolean fenceMayEnd;
  private int span;
  private char runCharacter;
  private int run;
  private boolean runStartsLine;

  private boolean startsLine = true;
  private int indent;
  private boolean inList;
  private boolean afterBlankLine = true;
  private boolean indented;

  /** Whether the next character stands in code. */
  boolean isCodeAt(char next) {
    settle(next);
    beginText(next);
    return fence > 0 || indented || span > 0 && !startsLine;
  }

  private void settle(char next) {
    if (run > 0 && next != runCharacter) {
      endRun();
    }
  }

  void take(char c) {
    settle(c);
    if (c == '\n') {
      endLine();
    } else if (c == '`' || c == '~') {
      extendRun(c);
    } else if (c != '\r') {
      takeText(c);
    }
  }

  private void extendRun(char c) {
    if (run == 0) {
      beginText(c);
      runStartsLine = startsLine;
      runCharacter = c;
    }
    run++;
    startsLine = false;
    fenceMayEnd = false;
  }

  private void endRun() {
    if (fence > 0 && isInfo()) {
      span = run == fence ? 0 : fence;
      fence = 0;
    } else if (fence > 0) {
      fenceMayEnd = runStartsLine && runCharacter == fenceCharacter && run >= fence;
    } else if (runStartsLine && run >= FENCE) {
      fence = run;
      fenceCharacter = runCharacter;
      fenceBegins = true;
      span = 0;
    } else if (runCharacter == '`' && span == 0) {
      span = run;
    } else if (runCharacter == '`' && span == run) {
      span = 0;
    }
    run = 0;
  }

  /** What follows a fence of backticks on its line holds none: else it was a span. */
  private boolean isInfo() {
    return fenceBegins && fenceCharacter == '`' && runCharacter == '`';
  }

  private void endLine() {
    fenceBegins = false;
    if (fenceMayEnd) {
      fence = 0;
      fenceMayEnd = false;
    }
    afterBlankLine = startsLine;
    if (startsLine) {
      span = 0;
    }
    startsLine = true;
    indent = 0;
  }

  private void takeText(char c) {
    boolean blank = c == ' ' || c == '\t';
    if (blank && startsLine) {
      indent += c == '\t' ? CODE_INDENT : 1;
    }
    if (!blank) {
      beginText(c);
      fenceMayEnd = false;
      startsLine &= PREFIXES.indexOf(c) >= 0;
    }
  }

  /** At the first character of a line that is no blank: an item's content may lie deeper. */
  private void beginText(char c) {
    if (startsLine && fence == 0) {
      boolean marker = PREFIXES.indexOf(c) >= 0 && c != '>';
      inList = marker || inList && indent > 0;
      indented &= indent >= CODE_INDENT;
      indented |= afterBlankLine && indent >= (inList ? 2 * CODE_INDENT : CODE_INDENT);
    }
  }
}
