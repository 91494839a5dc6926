package dev.cairn.catalogue;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Transactional;

@Transactional
interface DocumentRows extends Repository<DocumentRow, UUID> {

  /** Of documents {@code d}, without a condition. */
  String PROGRESS =
      "select " + DocumentProgress.SELECTED + "from DocumentRow d" + DocumentProgress.JOINED;

  Optional<DocumentRow> findById(UUID id);

  Optional<DocumentRow> findByTenantIdAndId(UUID tenant, UUID id);

  Optional<DocumentRow> findByTenantIdAndSha256AndMediaType(
      UUID tenant, String sha256, String mediaType);

  @Transactional(readOnly = true)
  @Query(PROGRESS + "where d.tenantId = :tenant and d.id = :id")
  Optional<DocumentProgress> progress(UUID tenant, UUID id, String fingerprint);

  /** Those with a larger id, in the order of their ids. */
  @Transactional(readOnly = true)
  @Query(PROGRESS + "where d.tenantId = :tenant and d.id > :after order by d.id")
  List<DocumentProgress> progressAfter(UUID tenant, UUID after, String fingerprint, Limit limit);

  /** Held until the transaction ends, so that its encodings are planned one at a time. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("from DocumentRow d where d.id = :id")
  Optional<DocumentRow> hold(UUID id);

  @Query("select d.id from DocumentRow d where d.state in (UPLOADED, EXTRACTING) order by d.id")
  List<UUID> toExtract(Limit limit);

  @Modifying
  @NativeQuery(
      """
      insert into document (id, tenant_id, sha256, media_type, byte_length, state, created_at)
      values (:id, :tenant, :sha256, :mediaType, :byteLength, 'UPLOADED', now())
      on conflict (tenant_id, sha256, media_type) do nothing
      """)
  int insertIfAbsent(UUID id, UUID tenant, String sha256, String mediaType, long byteLength);

  @Modifying
  @Query(
      """
      update DocumentRow d set d.state = EXTRACTING
      where d.id = :id and d.state in (UPLOADED, EXTRACTING)
      """)
  int beginExtraction(UUID id);

  @Modifying
  @Query(
      """
      update DocumentRow d
      set d.state = EXTRACTED, d.charset = :charset, d.characters = :characters,
        d.tokens = :tokens, d.tokenizerSha256 = :tokenizer
      where d.id = :id and d.state = EXTRACTING
      """)
  int extracted(UUID id, String charset, long characters, long tokens, String tokenizer);

  @Modifying
  @Query(
      """
      update DocumentRow d
      set d.state = FAILED, d.failureCode = :code, d.failureDetail = :detail
      where d.id = :id and d.state = EXTRACTING
      """)
  int failed(UUID id, String code, String detail);

  @Modifying(clearAutomatically = true)
  @Query(
      """
      update DocumentRow d
      set d.state = UPLOADED, d.failureCode = null, d.failureDetail = null
      where d.id = :id and d.state = :from
      """)
  int extractAgain(UUID id, Document.State from);

  /** Its rows go and the note that it was there comes, at once. */
  default int delete(UUID tenant, UUID id) {
    holdEncodings(tenant, id);
    return deleteHeld(tenant, id);
  }

  /**
   * Before the document: a worker that holds an encoding and changes it twice asks for its document
   * too, because PostgreSQL then checks the foreign key once more.
   */
  @NativeQuery(
      """
      select id from encoding where tenant_id = :tenant and document_id = :id
      order by generation desc for update
      """)
  List<UUID> holdEncodings(UUID tenant, UUID id);

  @Modifying
  @NativeQuery(
      """
      with gone as (
        delete from document where tenant_id = :tenant and id = :id returning id, tenant_id)
      insert into deleted_document (id, tenant_id, deleted_at) select id, tenant_id, now() from gone
      """)
  int deleteHeld(UUID tenant, UUID id);
}
