package dev.cairn.catalogue;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

@Entity
@Table(name = "segment")
@SuppressWarnings({"NullAway.Init", "unused"}) // filled by Hibernate, read by queries
class SegmentRow {

  @Id private UUID id;
  private UUID tenantId;
  private UUID stretchId;
  private String blobKey;
  private long byteLength;
  private String sha256;
  private long headerCrc32c;
  private int chunks;
}
