package dev.cairn.answer;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What the chunks are scored by. */
public enum RetrievalMode {
  /** The decoder's own landmarks alone. */
  ATTENTION("attention"),
  /** Landmarks, and the cosine of the question's and the chunk's sentence embeddings. */
  ATTENTION_SENTENCE("attention+sentence"),
  /** Landmarks, and how well the question's words fit the chunk's (BM25). */
  ATTENTION_LEXICAL("attention+lexical"),
  /** All three. */
  ATTENTION_SENTENCE_LEXICAL("attention+sentence+lexical");

  private final String json;

  RetrievalMode(String json) {
    this.json = json;
  }

  public boolean usesSentences() {
    return this == ATTENTION_SENTENCE || this == ATTENTION_SENTENCE_LEXICAL;
  }

  boolean usesWords() {
    return this == ATTENTION_LEXICAL || this == ATTENTION_SENTENCE_LEXICAL;
  }

  @JsonValue
  public String json() {
    return json;
  }

  /**
   * @throws Problem invalid_request when there is no such mode
   */
  public static RetrievalMode parse(String name) {
    for (RetrievalMode retrieval : values()) {
      if (retrieval.json.equals(name)) {
        return retrieval;
      }
    }
    throw new Problem(
        ProblemCode.INVALID_REQUEST,
        "retrieval must be one of "
            + Arrays.stream(values()).map(RetrievalMode::json).collect(Collectors.joining(", "))
            + ".");
  }
}
