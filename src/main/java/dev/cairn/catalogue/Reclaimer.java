package dev.cairn.catalogue;

import dev.cairn.store.BlobStore;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Takes blobs away that nothing may read any more. Their rows say so first and are cleared last, so
 * that what a crash or a failing disk left is taken away later.
 */
@Component
class Reclaimer {

  private static final Logger LOG = LoggerFactory.getLogger(Reclaimer.class);

  private final DeletedDocumentRows documents;
  private final EncodingRows encodings;
  private final BlobStore blobs;
  private final ApplicationEventPublisher events;

  Reclaimer(
      DeletedDocumentRows documents,
      EncodingRows encodings,
      BlobStore blobs,
      ApplicationEventPublisher events) {
    this.documents = documents;
    this.encodings = encodings;
    this.blobs = blobs;
    this.events = events;
  }

  /**
   * Of deleted documents, and of encodings that ended without being readable; those who keep of
   * them in memory are told.
   */
  @EventListener(ApplicationReadyEvent.class)
  void reclaim() {
    try {
      for (DeletedDocumentRow document : documents.findByBlobsDeletedFalse()) {
        reclaim(document);
      }
      for (EncodingRows.Remains encoding : encodings.remains()) {
        reclaim(encoding);
      }
    } catch (IOException e) {
      LOG.warn("Some blobs could not be deleted; the next deletion or start tries again", e);
    }
    events.publishEvent(new SegmentsReclaimed());
  }

  private void reclaim(DeletedDocumentRow document) throws IOException {
    deleteAll(BlobKeys.documentFolder(document.tenantId(), document.id()));
    deleteAll(BlobKeys.segmentFolder(document.tenantId(), document.id()));
    documents.markBlobsDeleted(document.id());
  }

  private void reclaim(EncodingRows.Remains encoding) throws IOException {
    deleteAll(
        BlobKeys.segmentFolder(
            encoding.tenantId(),
            encoding.documentId(),
            encoding.fingerprint(),
            encoding.generation()));
    encodings.clearRemains(encoding.id());
  }

  private void deleteAll(String prefix) throws IOException {
    List<String> keys;
    try (Stream<String> listed = blobs.list(prefix)) {
      keys = listed.toList();
    }
    for (String key : keys) {
      blobs.delete(key);
    }
  }
}
