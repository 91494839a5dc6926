package dev.cairn.catalogue;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

@Entity
@Table(name = "stretch")
@SuppressWarnings({"NullAway.Init", "unused"}) // filled by Hibernate, read by queries
class StretchRow {

  @Id private UUID id;
  private UUID tenantId;
  private UUID encodingId;
  private int ordinal;
  private long firstToken;
  private int tokenCount;
  private int attempt;
}
