package dev.cairn.answer;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What the chunks are scored by. */
public enum Retrieval {
  /** The decoder's own landmarks alone. */
  ATTENTION("attention"),
  /** Landmarks, and the cosine of the question's and the chunk's sentence embeddings. */
  ATTENTION_SENTENCE("attention+sentence");

  private final String json;

  Retrieval(String json) {
    this.json = json;
  }

  @JsonValue
  public String json() {
    return json;
  }

  /**
   * @throws Problem invalid_request when there is no such mode
   */
  static Retrieval parse(String name) {
    for (Retrieval retrieval : values()) {
      if (retrieval.json.equals(name)) {
        return retrieval;
      }
    }
    throw new Problem(
        ProblemCode.INVALID_REQUEST,
        "retrieval must be one of "
            + Arrays.stream(values()).map(Retrieval::json).collect(Collectors.joining(", "))
            + ".");
  }
}
