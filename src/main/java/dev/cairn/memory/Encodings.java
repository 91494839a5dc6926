package dev.cairn.memory;

import dev.cairn.access.Caller;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * Encodings under the loaded fingerprint, their stretches and the manifest of their segments. Every
 * move is one conditional change: a stretch is published by its latest claim or not at all.
 */
@Service
public class Encodings {

  /**
   * The encoding of an extracted document, made with its stretches when absent.
   *
   * @throws dev.cairn.problem.Problem document_not_found when it was deleted, conflict when its
   *     text is not extracted
   */
  public Encoding plan(UUID documentId) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * Has the document encoded anew: extracted again first when that failed or when the tokenizer is
   * another one, else as a new generation. Answers read the old generation until the new is ready.
   *
   * @throws dev.cairn.problem.Problem document_not_found, document_deleted
   */
  public void encodeAgain(Caller caller, UUID documentId) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * Ends the encoding under way.
   *
   * @throws dev.cairn.problem.Problem document_not_found, document_deleted, conflict when none is
   *     under way
   */
  public void cancel(Caller caller, UUID documentId) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** The newest generation under the loaded fingerprint. */
  public Optional<Encoding> current(UUID documentId) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * Stretches to hand to workers: not published and not enqueued, so many that each tenant has at
   * most the limit enqueued, its documents by turns.
   */
  public List<UUID> toEnqueue(int limitPerTenant) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Notes that the stretches have their job. */
  public void enqueued(Collection<UUID> stretchIds) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * The right to encode a stretch; voids all earlier claims of it. Empty when there is nothing to
   * do: published, deleted, ended, or of another fingerprint.
   */
  public Optional<StretchClaim> claim(UUID stretchId) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * Notes how far a stretch is.
   *
   * @param tokensEncoded of the stretch, so far
   * @throws StaleClaimException when the work is no longer wanted
   */
  public void progress(StretchClaim claim, int tokensEncoded) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * Commits a durable segment to the manifest; with the last one the encoding is READY.
   *
   * @throws StaleClaimException when the claim was voided or the encoding ended; the caller then
   *     deletes the blob
   */
  public void publish(StretchClaim claim, SegmentManifest manifest, String blobKey) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** QUEUED or ENCODING to FAILED; false when it ended before. */
  public boolean fail(UUID encodingId, String detail) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** READY to CORRUPT: nothing of it is read again. False when it ended before. */
  public boolean markCorrupt(UUID encodingId, String detail) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** As {@link #markCorrupt}, by one of its segments. */
  public boolean markSegmentCorrupt(UUID segmentId, String detail) {
    throw new UnsupportedOperationException("not built yet");
  }
}
