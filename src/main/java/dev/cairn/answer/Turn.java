package dev.cairn.answer;

import dev.cairn.problem.Problem;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was said before a question.
 *
 * @param text without control characters; may be empty
 */
public record Turn(Role role, String text) {

  /** Who said it. */
  public enum Role {
    /** Instructions, for which the checkpoint has no turn of its own. */
    SYSTEM,
    USER,
    ASSISTANT;

    /** As it stands in a prompt. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws Problem invalid_request when there is no such role
     */
    public static Role parse(@Nullable String name) {
      for (Role role : values()) {
        if (role.word().equals(name)) {
          return role;
        }
      }
      throw Problem.ofField(
          "conversation", "A turn of the conversation has the role system, user or assistant.");
    }
  }
}
