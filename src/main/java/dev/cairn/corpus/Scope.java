package dev.cairn.corpus;

import dev.cairn.catalogue.VisibleDocument;
import java.util.List;

/**
 * What one question may read.
 *
 * @param visible in the order in which the documents joined the corpus
 * @param leftOut in scope, but not readable
 */
public record Scope(List<VisibleDocument> visible, List<LeftOut> leftOut) {}
