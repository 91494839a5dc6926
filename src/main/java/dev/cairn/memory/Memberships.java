package dev.cairn.memory;

import dev.cairn.access.Caller;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Which documents are in which corpus. */
@Service
public class Memberships {

  /**
   * Puts a document into a corpus; once only, however often it is asked.
   *
   * @param title shown to readers; control characters are dropped
   * @throws dev.cairn.problem.Problem invalid_request for a title that is empty or too long,
   *     document_deleted when the document was deleted meanwhile
   */
  public Joined join(Corpus corpus, Document document, String title, Map<String, Object> metadata) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * Takes a document out of a corpus; the document stays.
   *
   * @throws dev.cairn.problem.Problem corpus_not_found, document_not_found
   */
  public void leave(Caller caller, String slug, UUID documentId) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * One document of a corpus.
   *
   * @throws dev.cairn.problem.Problem corpus_not_found, document_not_found
   */
  public MembershipStatus status(Caller caller, String slug, UUID documentId) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * The documents of a corpus in the order in which they joined.
   *
   * @param limit 1 to 200
   * @param cursor of the page before, or null for the first
   * @throws dev.cairn.problem.Problem corpus_not_found
   */
  public Page<MembershipStatus> list(
      Caller caller, String slug, int limit, @Nullable String cursor) {
    throw new UnsupportedOperationException("not built yet");
  }
}
