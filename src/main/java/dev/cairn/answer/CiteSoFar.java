package dev.cairn.answer;

import dev.cairn.access.Caller;
import dev.cairn.citation.AnswerMass;
import dev.cairn.citation.Citations;
import dev.cairn.citation.CiteAnswer;
import dev.cairn.citation.WrittenText;
import dev.cairn.model.GeneratedToken;
import dev.cairn.recall.QuestionMemory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cites what an answer read so far. Used by one thread, while the memory is open. */
final class CiteSoFar {

  private final CiteAnswer citeAnswer;
  private final Caller caller;
  private final String question;
  private final QuestionMemory memory;
  private @Nullable Cited last;
  private List<String> borne = List.of();
  private Citations bearing = Citations.NOTHING;

  private record Cited(WrittenText text, int tokens, Citations citations) {}

  CiteSoFar(CiteAnswer citeAnswer, Caller caller, String question, QuestionMemory memory) {
    this.citeAnswer = citeAnswer;
    this.caller = caller;
    this.question = question;
    this.memory = memory;
  }

  /**
   * @param tokens that the text is made of
   */
  private Citations cite(WrittenText text, List<GeneratedToken> tokens) {
    Cited cited = last;
    if (cited == null || !cited.text().equals(text) || cited.tokens() != tokens.size()) {
      AnswerMass mass = AnswerMass.of(tokens);
      cited = new Cited(text, tokens.size(), citeAnswer.cite(caller, text, mass, memory::place));
      last = cited;
    }
    return cited.citations();
  }

  /** The passages that drew most attention of an answer that cites none. */
  Citations lookedAt(AnswerMass mass) {
    return citeAnswer
        .cite(caller, new WrittenText(question, false), mass, memory::place)
        .withoutAnswer();
  }

  /** Whether what it would cite bears out all that a text states. */
  boolean bears(WrittenText text, List<GeneratedToken> tokens) {
    List<String> stated = text.stated();
    if (!stated.equals(borne)) {
      Citations cited = cite(text, tokens);
      if (!cited.bear(text, question)) {
        return false;
      }
      borne = stated;
      bearing = cited;
    }
    return true;
  }

  /**
   * Of the whole answer: with the passages that bore out what it states, should others weigh more.
   */
  Citations citeWhole(WrittenText text, List<GeneratedToken> tokens) {
    Citations cited = cite(text, tokens);
    return cited.bear(text, question) ? cited : cited.and(bearing);
  }
}
