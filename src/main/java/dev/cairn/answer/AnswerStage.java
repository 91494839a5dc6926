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
  /** The prompt through the lower decoder. */
  @JsonProperty("lower")
  LOWER,
  /** Scoring landmarks. */
  @JsonProperty("scan")
  SCAN,
  /** Reading keys and values. */
  @JsonProperty("load")
  LOAD,
  /** The prompt through the upper decoder. */
  @JsonProperty("upper")
  UPPER,
  /** Writing the tokens after the first. */
  @JsonProperty("decode")
  DECODE,
  /** Finding and reading the cited passages. */
  @JsonProperty("cite")
  CITE
}
