package dev.cairn.corpus;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Transactional;

@Transactional
interface CorpusRows extends Repository<CorpusRow, UUID> {

  Optional<CorpusRow> findByTenantIdAndSlug(UUID tenant, String slug);

  List<CorpusRow> findByTenantIdAndSlugGreaterThanOrderBySlug(
      UUID tenant, String slug, Limit limit);

  /** Of those that hold documents. */
  @Transactional(readOnly = true)
  @Query(
      """
      select new dev.cairn.corpus.CorpusContents(
        m.corpusId, count(d), sum(d.tokens), sum(d.byteLength))
      from MembershipRow m join DocumentRow d on d.id = m.documentId
      where m.corpusId in :corpora group by m.corpusId
      """)
  List<CorpusContents> contents(List<UUID> corpora);

  @Modifying
  @NativeQuery(
      """
      insert into corpus (id, tenant_id, slug, created_at) values (:id, :tenant, :slug, now())
      on conflict (tenant_id, slug) do nothing
      """)
  void insertIfAbsent(UUID id, UUID tenant, String slug);

  @Modifying
  @Query("delete from CorpusRow c where c.tenantId = :tenant and c.slug = :slug")
  int delete(UUID tenant, String slug);
}
