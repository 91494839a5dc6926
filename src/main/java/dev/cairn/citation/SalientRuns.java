package dev.cairn.citation;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds what stands out of what an answer read of one document: runs of tokens that drew more than
 * an even share, 1/S, of their chunk's mass. Runs that lie close together are one, also across the
 * border of two chunks.
 */
final class SalientRuns {

  /** Tokens between two runs that are made one, at most. */
  static final int MERGE_TOKENS = 16;

  /** Code points of a run that is made of several, at most. */
  static final int LONGEST = 2_000;

  private SalientRuns() {}

  /**
   * @param tokens of one document, in its order
   * @return the runs in the order of the text
   */
  static List<TextRange> find(List<AttendedToken> tokens) {
    List<TextRange> runs = new ArrayList<>();
    long last = Long.MIN_VALUE;
    for (AttendedToken token : tokens) {
      if (!token.salient()) {
        continue;
      }
      boolean near = !runs.isEmpty() && token.index() - last - 1 <= MERGE_TOKENS;
      add(token.range(), near, runs);
      last = token.index();
    }
    return runs;
  }

  private static void add(TextRange token, boolean near, List<TextRange> runs) {
    if (near && token.end() - runs.getLast().start() <= LONGEST) {
      runs.add(new TextRange(runs.removeLast().start(), token.end()));
    } else {
      runs.add(token);
    }
  }
}
