package dev.cairn.catalogue;

import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Transactional;

@Transactional
interface DeletedDocumentRows extends Repository<DeletedDocumentRow, UUID> {

  boolean existsByTenantIdAndId(UUID tenant, UUID id);

  List<DeletedDocumentRow> findByBlobsDeletedFalse();

  @Modifying
  @Query("update DeletedDocumentRow d set d.blobsDeleted = true where d.id = :id")
  void markBlobsDeleted(UUID id);
}
