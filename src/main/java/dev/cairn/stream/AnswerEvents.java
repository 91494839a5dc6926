package dev.cairn.stream;

import dev.cairn.answer.Answer;
import dev.cairn.answer.AnswerContent;
import dev.cairn.answer.RetrievalSummary;
import dev.cairn.citation.Citation;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/** The events of an answer that has ended, made of what is stored of it. */
public final class AnswerEvents {

  private AnswerEvents() {}

  /**
   * The events behind the one numbered {@code after}. Text that is still due is one event.
   *
   * @throws Problem conflict when the answer is still being written
   */
  public static List<StreamEvent> of(Answer answer, long after) {
    if (answer.failure() != null) {
      return List.of(new StreamEvent(Math.max(after, 0) + 1, "error", answer.failure()));
    }
    AnswerContent content = answer.content();
    if (content == null) {
      throw new Problem(
          ProblemCode.CONFLICT,
          "The answer is being written for a request that is not a stream: read it when it is"
              + " done.");
    }
    return all(answer, content, after).stream().filter(event -> event.number() > after).toList();
  }

  private static List<StreamEvent> all(Answer answer, AnswerContent content, long after) {
    List<StreamEvent> events = new ArrayList<>();
    events.add(StreamEvent.retrieval(RetrievalSummary.of(content)));
    long number = content.text().length();
    if (after < number) {
      events.add(StreamEvent.token(content.text(), after));
    }
    for (Citation citation : content.citations()) {
      events.add(new StreamEvent(++number, "citation", citation));
    }
    for (Citation passage : content.lookedAt()) {
      events.add(new StreamEvent(++number, "lookedAt", passage));
    }
    events.add(new StreamEvent(++number, "report", content.report()));
    events.add(new StreamEvent(++number, "done", answer));
    return events;
  }
}
