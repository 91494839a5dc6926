package dev.cairn.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whoever changes an encoding or anything below it updates its row first and so holds it until the
 * transaction ends: claims, publications and ends of one encoding come one after the other.
 */
@Transactional
interface EncodingRows extends Repository<EncodingRow, UUID> {

  Optional<EncodingRow> findById(UUID id);

  Optional<EncodingRow> findFirstByDocumentIdAndFingerprintOrderByGenerationDesc(
      UUID document, String fingerprint);

  @Modifying
  @NativeQuery(
      """
      insert into encoding
        (id, tenant_id, document_id, fingerprint, generation, state, stretches, created_at)
      values (:id, :tenant, :document, :fingerprint, :generation, 'QUEUED', :stretches, now())
      """)
  void insert(
      UUID id, UUID tenant, UUID document, String fingerprint, int generation, int stretches);

  /** Nothing when the stretch is not of the fingerprint or its encoding has ended. */
  @Modifying
  @NativeQuery(
      """
      update encoding e
      set state = 'ENCODING',
        started_at = coalesce(started_at, now()),
        active_at = now(),
        measured_from = case when active_at > now() - interval '1 minute' then measured_from else now() end,
        measured_tokens = case when active_at > now() - interval '1 minute' then measured_tokens
          else (select sum(tokens_encoded) from stretch where encoding_id = e.id) end
      from stretch s
      where s.id = :stretch and e.id = s.encoding_id
        and e.fingerprint = :fingerprint and e.state in ('QUEUED', 'ENCODING')
      """)
  int beginStretch(UUID stretch, String fingerprint);

  /** Nothing when the encoding has ended. */
  @Modifying
  @NativeQuery(
      """
      update encoding set active_at = now()
      where id = :id and generation = :generation and state = 'ENCODING'
      """)
  int keepActive(UUID id, int generation);

  @Modifying
  @NativeQuery(
      """
      update encoding
      set stretches_published = stretches_published + 1,
        bytes_stored = bytes_stored + :bytes,
        state = case when stretches_published + 1 = stretches then 'READY' else state end,
        finished_at = case when stretches_published + 1 = stretches then now() end
      where id = :id
      """)
  void countPublished(UUID id, long bytes);

  /** Once a generation is READY the ones before it are no longer needed. */
  @Modifying
  @NativeQuery(
      """
      update encoding old set state = 'EVICTED'
      from encoding ready
      where ready.id = :id and ready.state = 'READY'
        and old.document_id = ready.document_id and old.fingerprint = ready.fingerprint
        and old.generation < ready.generation and old.state <> 'EVICTED'
      """)
  int evictBefore(UUID id);

  @Modifying
  @Query(
      """
      update EncodingRow e set e.state = FAILED, e.failureDetail = :detail, e.finishedAt = instant
      where e.id = :id and e.state in (QUEUED, ENCODING)
      """)
  int fail(UUID id, String detail);

  @Modifying
  @Query(
      """
      update EncodingRow e set e.state = CANCELLED, e.finishedAt = instant
      where e.documentId = :document and e.fingerprint = :fingerprint
        and e.state in (QUEUED, ENCODING)
      """)
  int cancel(UUID document, String fingerprint);

  @Modifying
  @NativeQuery(
      """
      update encoding e set state = 'CORRUPT', failure_detail = :detail
      from segment g join stretch s on s.id = g.stretch_id
      where g.id = :segment and e.id = s.encoding_id and e.state = 'READY'
      """)
  int markCorrupt(UUID segment, String detail);

  /** What is left of an encoding that ended without being readable. */
  record Remains(UUID id, UUID tenantId, UUID documentId, String fingerprint, int generation) {}

  @Query(
      """
      select new dev.cairn.catalogue.EncodingRows$Remains(
        e.id, e.tenantId, e.documentId, e.fingerprint, e.generation)
      from EncodingRow e where e.state in (EVICTED, CANCELLED, FAILED) and e.bytesStored > 0
      """)
  List<Remains> remains();

  @Modifying
  @NativeQuery(
      """
      with gone as (
        delete from segment g using stretch s where s.id = g.stretch_id and s.encoding_id = :id)
      update encoding set bytes_stored = 0 where id = :id
      """)
  void clearRemains(UUID id);
}
