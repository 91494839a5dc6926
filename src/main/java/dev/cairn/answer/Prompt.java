package dev.cairn.answer;

import org.jspecify.annotations.Nullable;

/**
 * What the model reads before it writes.
 *
 * @param ids tokens in the checkpoint's prompt form
 * @param conversation what became of the turns before the question, when there were any
 */
public record Prompt(int[] ids, @Nullable ConversationUse conversation) {

  public int length() {
    return ids.length;
  }
}
