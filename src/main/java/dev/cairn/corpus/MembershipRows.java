package dev.cairn.corpus;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Transactional;

@Transactional
interface MembershipRows extends Repository<MembershipRow, UUID> {

  Optional<MembershipRow> findByCorpusIdAndDocumentId(UUID corpus, UUID document);

  /** Nothing when it is there already or when the corpus or the document is gone. */
  @Modifying
  @NativeQuery(
      """
      insert into membership (id, tenant_id, corpus_id, document_id, title, metadata, created_at)
      select :id, c.tenant_id, c.id, d.id, :title, cast(:metadata as jsonb), now()
      from corpus c join document d on d.tenant_id = c.tenant_id
      where c.id = :corpus and d.id = :document
      for key share
      on conflict (corpus_id, document_id) do nothing
      """)
  int insertIfAbsent(UUID id, UUID corpus, UUID document, String title, String metadata);

  @Modifying
  @Query("delete from MembershipRow m where m.corpusId = :corpus and m.documentId = :document")
  int delete(UUID corpus, UUID document);
}
