package dev.cairn.tokenizer;

import java.util.Set;

/**
 * The ids that stand for no text.
 *
 * @param start of {@code <|im_start|>}, before a turn
 * @param end of {@code <|im_end|>}, after a turn
 * @param all every special token's, these two included
 */
record ControlTokens(int start, int end, Set<Integer> all) {

  boolean contains(int id) {
    return all.contains(id);
  }
}
