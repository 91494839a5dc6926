package dev.cairn.answer;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the time of an answer is spent on. */
public enum AnswerStage {
  /** The question into tokens. */
  @JsonProperty("tokenize")
  TOKENIZE,
  /** The question into a sentence vector. */
  @JsonProperty("embed")
  EMBED,
  /** The landmarks of all visible chunks, and their prior. */
  @JsonProperty("open")
  OPEN,
  /** The prompt through the model, scan and load left out. */
  @JsonProperty("prompt")
  PROMPT,
  /** Scoring landmarks. */
  @JsonProperty("scan")
  SCAN,
  /** Reading keys and values. */
  @JsonProperty("load")
  LOAD,
  /** Writing the tokens after the first. */
  @JsonProperty("decode")
  DECODE,
  /** Finding and reading the cited passages. */
  @JsonProperty("cite")
  CITE
}
