package dev.cairn.corpus;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

@Entity
@Table(name = "corpus")
@SuppressWarnings("NullAway.Init") // filled by Hibernate
class CorpusRow {

  @Id private UUID id;
  private UUID tenantId;
  private String slug;
  private Instant createdAt;

  Corpus toCorpus() {
    return new Corpus(id, tenantId, slug, createdAt);
  }
}
