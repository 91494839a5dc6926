package dev.cairn.answer;

import dev.cairn.corpus.AskedScope;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "answer")
@SuppressWarnings("NullAway.Init") // filled by Hibernate
class AnswerRow {

  @Id private UUID id;
  private UUID tenantId;
  private String scope;
  private String question;

  @Enumerated(EnumType.STRING)
  private Answer.State state;

  private @Nullable String content;
  private @Nullable String failureCode;
  private @Nullable String failureDetail;
  private Instant createdAt;

  /** As JSON. */
  String scope() {
    return scope;
  }

  /** As JSON. */
  @Nullable String content() {
    return content;
  }

  Answer toAnswer(AskedScope asked, @Nullable AnswerContent parsed) {
    return new Answer(id, asked, question, state, createdAt, failure(), parsed);
  }

  private Answer.@Nullable Failure failure() {
    return failureCode == null || failureDetail == null
        ? null
        : new Answer.Failure(failureCode, failureDetail);
  }
}
