package dev.cairn.corpus;

/**
 * A document's membership in a corpus.
 *
 * @param created false when the document was in the corpus before; it keeps its first title then
 */
public record Joined(Membership membership, boolean created) {}
