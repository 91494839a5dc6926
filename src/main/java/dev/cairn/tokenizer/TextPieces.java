package dev.cairn.tokenizer;

import com.ibm.icu.lang.UCharacter;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/**
 * Cuts text into pieces whose tokens, joined, are the tokens of the whole text. A piece ends only
 * before the first white-space character of a run, where no token of a byte-level tokenizer
 * crosses; before a line end only when a letter or a digit is in front of it, because some keep
 * line ends with the punctuation before them. A run of more than {@value #MAX_RUN} characters,
 * white space or not, is cut after every {@value #MAX_RUN} of them, whatever the length of the
 * pieces: such cuts depend on the text alone, and bound the memory and the time of one piece.
 *
 * <p>Half a surrogate pair becomes U+FFFD: it is no character.
 */
final class TextPieces {

  /** Unicode code points. */
  static final int MAX_RUN = 16_384;

  private static final int REPLACEMENT = 0xFFFD;

  private final Reader text;
  private final int pieceChars;
  private final int maxRun;
  private final StringBuilder piece = new StringBuilder();

  private int lookahead;
  private int previous;
  private boolean inWhiteSpace;
  private int run;

  /**
   * @param pieceChars Java chars after which a piece ends as soon as it may
   */
  TextPieces(Reader text, int pieceChars) throws IOException {
    this(text, pieceChars, MAX_RUN);
  }

  private TextPieces(Reader text, int pieceChars, int maxRun) throws IOException {
    this.text = text;
    this.pieceChars = pieceChars;
    this.maxRun = maxRun;
    this.lookahead = text.read();
  }

  /** The whole text in one piece. */
  static TextPieces whole(Reader text) throws IOException {
    return new TextPieces(text, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  /** The next piece, never empty; nothing after the last. */
  Optional<String> next() throws IOException {
    for (int character = read(); character >= 0; character = read()) {
      if (endsBefore(character) && !piece.isEmpty()) {
        String finished = take();
        piece.appendCodePoint(character);
        return Optional.of(finished);
      }
      piece.appendCodePoint(character);
    }
    return Optional.of(take()).filter(last -> !last.isEmpty());
  }

  private String take() {
    String taken = piece.toString();
    piece.setLength(0);
    return taken;
  }

  private boolean endsBefore(int character) {
    int before = previous;
    previous = character;
    boolean whiteSpace = UCharacter.isUWhiteSpace(character);
    if (whiteSpace != inWhiteSpace) {
      inWhiteSpace = whiteSpace;
      run = 1;
      return whiteSpace && piece.length() >= pieceChars && isBoundary(before, character);
    }
    run = run == maxRun ? 1 : run + 1;
    return run == 1;
  }

  private static boolean isBoundary(int before, int whiteSpace) {
    boolean lineEnd = whiteSpace == '\n' || whiteSpace == '\r';
    return !lineEnd || Character.isLetterOrDigit(before);
  }

  /** The next code point, or -1. */
  private int read() throws IOException {
    int first = lookahead;
    if (first < 0) {
      return -1;
    }
    lookahead = text.read();
    if (!Character.isSurrogate((char) first)) {
      return first;
    }
    if (lookahead < 0 || !Character.isSurrogatePair((char) first, (char) lookahead)) {
      return REPLACEMENT;
    }
    int character = Character.toCodePoint((char) first, (char) lookahead);
    lookahead = text.read();
    return character;
  }
}
