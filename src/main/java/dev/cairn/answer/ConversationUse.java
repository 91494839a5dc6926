package dev.cairn.answer;

/**
 * What became of the turns before a question.
 *
 * @param turnsRead of users and assistants that stand in the prompt
 * @param turnsCut the oldest, which found no room in it
 */
public record ConversationUse(int turnsRead, int turnsCut) {}
