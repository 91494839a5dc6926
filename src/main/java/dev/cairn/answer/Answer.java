package dev.cairn.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.cairn.corpus.AskedScope;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question and what became of it.
 *
 * @param scope what was asked of
 * @param failure why there is no answer, once that is so
 * @param content the answer, once it is finished
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Answer(
    UUID id,
    AskedScope scope,
    String question,
    State state,
    Instant createdAt,
    @Nullable Failure failure,
    @JsonUnwrapped @Nullable AnswerContent content) {

  /** RUNNING to FINISHED, FAILED or CANCELLED. */
  public enum State {
    RUNNING,
    FINISHED,
    FAILED,
    CANCELLED;

    @JsonValue
    public String json() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Why there is no answer.
   *
   * @param code a stable code
   * @param detail a sentence that says what to do
   */
  public record Failure(String code, String detail) {}
}
