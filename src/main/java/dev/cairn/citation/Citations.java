package dev.cairn.citation;

import dev.cairn.corpus.LeftOut;
import java.util.List;

/**
 * What is cited of what an answer read.
 *
 * @param citations the weightiest first; of equal ones, the one that comes first in the corpus
 * @param leftOut documents that were read, but of which there is no text to quote any more
 */
public record Citations(List<Citation> citations, List<LeftOut> leftOut) {

  public static final Citations NOTHING = new Citations(List.of(), List.of());
}
