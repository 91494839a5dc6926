package dev.cairn.memory;

import dev.cairn.access.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The corpora of a tenant. */
@Service
public class Corpora {

  /** The corpus of that name, made when absent; safe when several ask at once. */
  public Corpus obtain(Caller caller, String slug) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * @throws dev.cairn.problem.Problem corpus_not_found
   */
  public Corpus find(Caller caller, String slug) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * Removes the corpus and its memberships; the documents stay.
   *
   * @throws dev.cairn.problem.Problem corpus_not_found
   */
  public void delete(Caller caller, String slug) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * The corpora by name.
   *
   * @param limit 1 to 200
   * @param cursor of the page before, or null for the first
   */
  public Page<Corpus> list(Caller caller, int limit, @Nullable String cursor) {
    throw new UnsupportedOperationException("not built yet");
  }
}
