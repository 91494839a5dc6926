package dev.cairn.catalogue;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

@Entity
@Table(name = "deleted_document")
@SuppressWarnings({"NullAway.Init", "unused"}) // filled by Hibernate, read by queries
class DeletedDocumentRow {

  @Id private UUID id;
  private UUID tenantId;
  private boolean blobsDeleted;

  UUID id() {
    return id;
  }

  UUID tenantId() {
    return tenantId;
  }
}
