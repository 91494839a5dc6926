package dev.cairn.corpus;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Formula;

@Entity
@Table(name = "membership")
@SuppressWarnings("NullAway.Init") // filled by Hibernate
class MembershipRow {

  @Id private UUID id;
  private UUID corpusId;
  private UUID documentId;
  private String title;

  @Formula("cast(metadata as text)")
  private String metadata;

  private Instant createdAt;

  Membership toMembership(Labels labels) {
    return new Membership(id, corpusId, documentId, title, labels.metadata(metadata), createdAt);
  }
}
