package dev.cairn.memory;

import dev.cairn.access.Caller;
import org.springframework.stereotype.Service;

/** Finds what a question may read: encodings READY under the loaded fingerprint. */
@Service
public class Scopes {

  /**
   * @throws dev.cairn.problem.Problem corpus_not_found, corpus_empty when it has no documents,
   *     corpus_not_ready when none can be read
   */
  public Scope resolve(Caller caller, String corpusSlug) {
    throw new UnsupportedOperationException("not built yet");
  }
}
