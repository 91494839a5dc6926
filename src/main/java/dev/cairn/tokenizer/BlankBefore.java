package dev.cairn.tokenizer;

/**
 * Where a tokenizer puts a blank that the text does not have, so that a first word looks like any
 * other word. SentencePiece does; byte-level tokenizers do not.
 */
enum BlankBefore {
  /** Nowhere. */
  NOTHING,
  /** Before the very first text, not behind a control token. */
  FIRST_TEXT,
  /** Before the first text and behind each control token. */
  EVERY_TEXT
}
