package dev.cairn.catalogue;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Transactional;

@Transactional
interface StretchRows extends Repository<StretchRow, UUID> {

  @Modifying
  @NativeQuery(
      """
      insert into stretch (id, tenant_id, encoding_id, ordinal, first_token, token_count)
      select id, :tenant, :encoding, place - 1, (place - 1) * :stretchTokens,
        least(:stretchTokens, :tokens - (place - 1) * :stretchTokens)
      from unnest(:ids) with ordinality as stretches (id, place)
      """)
  void insert(UUID[] ids, UUID tenant, UUID encoding, long stretchTokens, long tokens);

  /**
   * The fewer stretches a document has and the longer it waits, the sooner its turn comes: a letter
   * goes before a book, until the book has waited ten seconds for each of its stretches. A tenant
   * gets what is missing from its limit.
   */
  @NativeQuery(
      """
      with lengths as (
        select e.id, e.created_at,
          (1 + extract(epoch from now() - e.created_at) / 10) / count(*) as urgency
        from stretch s join encoding e on e.id = s.encoding_id
        where e.state in ('QUEUED', 'ENCODING') and e.fingerprint = :fingerprint
        group by e.id, e.created_at),
      open as (
        select s.id, s.tenant_id, s.enqueued_at, s.ordinal, l.urgency, l.created_at
        from stretch s join lengths l on l.id = s.encoding_id
        where not exists (select 1 from segment g where g.stretch_id = s.id)),
      room as (
        select tenant_id, :limit - count(enqueued_at) as places from open group by tenant_id),
      waiting as (
        select id, tenant_id,
          row_number() over (
            partition by tenant_id order by urgency desc, created_at, ordinal, id) as place
        from open where enqueued_at is null)
      select w.id from waiting w join room r on r.tenant_id = w.tenant_id
      where w.place <= r.places order by w.place, w.id
      """)
  List<UUID> toEnqueue(String fingerprint, int limit);

  @Modifying
  @NativeQuery(
      """
      with held as (
        select id from encoding
        where id in (select encoding_id from stretch where id in (:ids)) order by id for update)
      update stretch s set enqueued_at = now() from held
      where s.encoding_id = held.id and s.id in (:ids)
      """)
  void markEnqueued(Collection<UUID> ids);

  @Modifying
  @NativeQuery("update stretch set enqueued_at = null where id = :id")
  void markNotEnqueued(UUID id);

  /** Nothing when it is published. */
  @Modifying
  @NativeQuery(
      """
      update stretch set attempt = attempt + 1
      where id = :id and not exists (select 1 from segment where stretch_id = :id)
      """)
  int raiseAttempt(UUID id);

  @Query(
      """
      select new dev.cairn.catalogue.StretchClaim(s.id, e.id, e.documentId, e.tenantId, e.fingerprint,
        e.generation, s.ordinal, s.firstToken, s.tokenCount, s.attempt)
      from StretchRow s join EncodingRow e on e.id = s.encodingId
      where s.id = :id
      """)
  StretchClaim claimOf(UUID id);

  /** Nothing when it was claimed again or is published. */
  @Modifying
  @NativeQuery(
      """
      update stretch set tokens_encoded = greatest(tokens_encoded, least(token_count, :tokens))
      where id = :id and attempt = :attempt
        and not exists (select 1 from segment where stretch_id = :id)
      """)
  int progress(UUID id, int attempt, int tokens);
}
