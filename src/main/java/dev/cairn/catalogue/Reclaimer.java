package dev.cairn.catalogue;

import dev.cairn.store.BlobStore;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes blobs away that nothing may read any more. Their rows say so first and are cleared last, so
 * that what a crash or a failing disk left is taken away later.
 */
@Component
class Reclaimer {

  private static final Logger LOG = LoggerFactory.getLogger(Reclaimer.class);

  private final JdbcClient jdbc;
  private final BlobStore blobs;
  private final ApplicationEventPublisher events;

  Reclaimer(JdbcClient jdbc, BlobStore blobs, ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.blobs = blobs;
    this.events = events;
  }

  private record Deleted(UUID id, UUID tenantId) {}

  private record Ended(
      UUID id, UUID tenantId, UUID documentId, String fingerprint, int generation) {}

  /**
   * Of deleted documents, and of encodings that ended without being readable; those who keep of
   * them in memory are told.
   */
  @EventListener(ApplicationReadyEvent.class)
  void reclaim() {
    try {
      for (Deleted document : deletedDocuments()) {
        reclaim(document);
      }
      for (Ended encoding : endedEncodings()) {
        reclaim(encoding);
      }
    } catch (IOException e) {
      LOG.warn("Some blobs could not be deleted; the next deletion or start tries again", e);
    }
    events.publishEvent(new SegmentsReclaimed());
  }

  private List<Deleted> deletedDocuments() {
    return jdbc.sql("select id, tenant_id from deleted_document where not blobs_deleted")
        .query(Deleted.class)
        .list();
  }

  private void reclaim(Deleted document) throws IOException {
    deleteAll(BlobKeys.documentFolder(document.tenantId(), document.id()));
    deleteAll(BlobKeys.segmentFolder(document.tenantId(), document.id()));
    jdbc.sql("update deleted_document set blobs_deleted = true where id = :id")
        .param("id", document.id())
        .update();
  }

  private List<Ended> endedEncodings() {
    return jdbc.sql(
            """
            select id, tenant_id, document_id, fingerprint, generation from encoding
            where state in ('EVICTED', 'CANCELLED', 'FAILED') and bytes_stored > 0
            """)
        .query(Ended.class)
        .list();
  }

  private void reclaim(Ended encoding) throws IOException {
    deleteAll(
        BlobKeys.segmentFolder(
            encoding.tenantId(),
            encoding.documentId(),
            encoding.fingerprint(),
            encoding.generation()));
    jdbc.sql(
            """
            with gone as (
              delete from segment g using stretch s
              where s.id = g.stretch_id and s.encoding_id = :id)
            update encoding set bytes_stored = 0 where id = :id
            """)
        .param("id", encoding.id())
        .update();
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
