package dev.cairn.answer;

import dev.cairn.memory.QuestionMemory;
import dev.cairn.memory.Scope;
import dev.cairn.model.Generation;

/**
 * What the model wrote.
 *
 * @param memory what it was written from, still open
 * @param text of the generation's tokens; a character that was cut off is not in it
 */
record Written(
    Question question, Scope scope, QuestionMemory memory, Generation generation, String text) {}
