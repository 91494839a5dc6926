package dev.cairn.memory;

import dev.cairn.access.Caller;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * The documents of a tenant and their way from bytes to text. A move that the state does not allow,
 * or of a document that was deleted, changes nothing and returns false: drop the work then.
 */
@Service
public class Documents {

  /** The document of these bytes, made when absent; safe when the same bytes come at once. */
  public Registration register(Caller caller, NewDocument bytes) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * @throws dev.cairn.problem.Problem document_not_found, document_deleted
   */
  public Document find(Caller caller, UUID id) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * What a caller sees of a document.
   *
   * @throws dev.cairn.problem.Problem document_not_found, document_deleted
   */
  public DocumentStatus status(Caller caller, UUID id) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** For background work, which acts for no caller; empty when it was deleted. */
  public Optional<Document> get(UUID id) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * Removes the document everywhere: first its rows, so that late jobs are refused, then its blobs.
   *
   * @throws dev.cairn.problem.Problem document_not_found, document_deleted
   */
  public void delete(Caller caller, UUID id) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Documents that wait for extraction or whose extraction was cut short, the oldest first. */
  public List<UUID> toExtract(int limit) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** UPLOADED, or EXTRACTING after an interruption, to EXTRACTING. */
  public boolean beginExtraction(UUID id) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * EXTRACTING to EXTRACTED.
   *
   * @param charset the encoding that the bytes were read in
   * @param characters code points of the text
   * @param tokens of the loaded tokenizer, at least 1
   */
  public boolean extracted(UUID id, String charset, long characters, long tokens) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * EXTRACTING to FAILED.
   *
   * @param code a stable code such as {@code no_text}
   * @param detail a sentence that says what to do
   */
  public boolean failed(UUID id, String code, String detail) {
    throw new UnsupportedOperationException("not built yet");
  }
}
