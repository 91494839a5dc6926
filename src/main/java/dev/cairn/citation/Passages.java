package dev.cairn.citation;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the passages of one document that an answer read: runs of tokens that drew more than an
 * even share, 1/S, of their chunk's mass. Runs that lie close together are one passage, also across
 * the border of two chunks.
 */
final class Passages {

  /** Tokens between two runs of one passage, at most. */
  static final int MERGE_TOKENS = 16;

  /** Code points of a passage that is made of several runs, at most. */
  static final int LONGEST = 2_000;

  private Passages() {}

  /**
   * @param tokens of one document, in its order
   * @return the passages in the order of the text
   */
  static List<TextRange> find(List<AttendedToken> tokens) {
    List<TextRange> passages = new ArrayList<>();
    long last = Long.MIN_VALUE;
    for (AttendedToken token : tokens) {
      if (!token.salient()) {
        continue;
      }
      boolean near = !passages.isEmpty() && token.index() - last - 1 <= MERGE_TOKENS;
      add(token.range(), near, passages);
      last = token.index();
    }
    return passages;
  }

  private static void add(TextRange token, boolean near, List<TextRange> passages) {
    if (near && token.end() - passages.getLast().start() <= LONGEST) {
      passages.add(new TextRange(passages.removeLast().start(), token.end()));
    } else {
      passages.add(token);
    }
  }
}
