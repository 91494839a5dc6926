package dev.cairn.evaluate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question whose answer is known.
 *
 * @param kind what sort of question it is, for tables
 * @param answers any of them is right; empty when the documents do not say
 * @param document the file whose text holds the answer; null when none does
 * @param start first code point of the passage that says it
 * @param end the code point after the last
 */
public record KnownQuestion(
    String id,
    String kind,
    String question,
    List<String> answers,
    @Nullable String document,
    long start,
    long end) {

  public boolean hasAnswer() {
    return !answers.isEmpty();
  }
}
