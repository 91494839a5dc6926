package dev.cairn.citation;

import dev.cairn.corpus.LeftOut;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is cited of what an answer read.
 *
 * @param citations the weightiest first; of equal ones, the one that comes first in the corpus
 * @param leftOut documents that were read, but of which there is no text to quote any more
 */
public record Citations(List<Citation> citations, List<LeftOut> leftOut) {

  public static final Citations NOTHING = new Citations(List.of(), List.of());

  /** Passages of what was looked at in vain, at most. */
  private static final int MOST_IN_VAIN = 3;

  /** The first of them, as what was looked at without finding the answer. */
  public Citations withoutAnswer() {
    return new Citations(
        citations.stream().limit(MOST_IN_VAIN).map(Citation::asWeak).toList(), leftOut);
  }

  /** With those of others that are not among them. */
  public Citations and(Citations others) {
    return new Citations(
        Stream.concat(
                citations.stream(),
                others.citations.stream()
                    .filter(other -> citations.stream().noneMatch(other::quotesTheSame)))
            .toList(),
        leftOut);
  }

  /**
   * Whether all figures and names of an answer stand in the quotes, in that form, and one of them
   * beside a name of the question, where that has any.
   */
  public boolean bear(WrittenText answer, String question) {
    List<String> quotes = citations.stream().map(Citation::quote).toList();
    return answer.isBorneBy(quotes) && answer.isAbout(question, quotes);
  }
}
