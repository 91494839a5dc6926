package dev.cairn.answer;

import dev.cairn.corpus.Scope;
import dev.cairn.model.Generation;
import dev.cairn.recall.QuestionMemory;

/**
 * What the model wrote.
 *
 * @param memory what it was written from, still open
 * @param text of the generation's tokens, or of the first of them
 * @param citing cites what it read
 */
record WrittenAnswer(
    Question question,
    Scope scope,
    QuestionMemory memory,
    Generation generation,
    AnswerText text,
    CiteSoFar citing) {}
