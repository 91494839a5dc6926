package dev.cairn.answer;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What the time of an answer is spent on. */
public enum AnswerStage {
  /** The question into tokens. */
  TOKENIZE,
  /** The question into a sentence vector. */
  EMBED,
  /** The landmarks of all visible chunks, and their prior. */
  OPEN,
  /** The prompt through the model, scan and load left out. */
  PROMPT,
  /** Scoring landmarks. */
  SCAN,
  /** Reading keys and values. */
  LOAD,
  /** Writing the tokens after the first. */
  DECODE,
  /** Finding and reading the cited passages. */
  CITE;

  @JsonValue
  String json() {
    return name().toLowerCase(Locale.ROOT);
  }
}
