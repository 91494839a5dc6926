package dev.cairn.corpus;

import dev.cairn.catalogue.DocumentProgress;
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
interface MembershipRows extends Repository<MembershipRow, UUID> {

  Optional<MembershipRow> findByCorpusIdAndDocumentId(UUID corpus, UUID document);

  String MEMBERS =
      "select new dev.cairn.corpus.Member(m.id, d.id, m.title, m.metadata, m.createdAt, "
          + DocumentProgress.SELECTED
          + ") from MembershipRow m join DocumentRow d on d.id = m.documentId"
          + DocumentProgress.JOINED
          + "where m.corpusId = :corpus ";

  @Transactional(readOnly = true)
  @Query(MEMBERS + "and d.id = :document")
  Optional<Member> member(UUID corpus, UUID document, String fingerprint);

  /** Those that joined after the given membership, in the order in which they joined. */
  @Transactional(readOnly = true)
  @Query(MEMBERS + "and m.id > :after order by m.id")
  List<Member> membersAfter(UUID corpus, UUID after, String fingerprint, Limit limit);

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
