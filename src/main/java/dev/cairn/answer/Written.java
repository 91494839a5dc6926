package dev.cairn.answer;

import dev.cairn.memory.QuestionMemory;
import dev.cairn.memory.Scope;
import dev.cairn.model.Generation;

/**
 * What the model wrote.
 *
 * @param memory what it was written from, still open
 * @param text of the generation's tokens
 */
record Written(
    Question question,
    Scope scope,
    QuestionMemory memory,
    Generation generation,
    AnswerText text) {}
