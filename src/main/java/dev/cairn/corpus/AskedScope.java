package dev.cairn.corpus;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a question asks to read: the documents of all corpora, one after the other, narrowed to the
 * chosen documents and to those whose metadata agrees. A document in several of the corpora counts
 * once, in the first.
 *
 * @param corpora slugs, at least one
 * @param documents the only ones to be read; empty for all
 * @param metadata what a membership's metadata must hold, with equal values; empty for anything
 */
public record AskedScope(List<String> corpora, List<UUID> documents, Map<String, Object> metadata) {

  public AskedScope {
    corpora = corpora.stream().distinct().toList();
    documents = documents.stream().distinct().toList();
    metadata = Map.copyOf(metadata);
  }

  /** All documents of one corpus. */
  public static AskedScope of(String corpus) {
    return new AskedScope(List.of(corpus), List.of(), Map.of());
  }

  /** Whether it narrows its corpora to some of their documents. */
  boolean isNarrowed() {
    return !documents.isEmpty() || !metadata.isEmpty();
  }
}
