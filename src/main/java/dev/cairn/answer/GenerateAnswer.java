package dev.cairn.answer;

import dev.cairn.access.Caller;
import dev.cairn.citation.CiteAnswer;
import dev.cairn.corpus.Scope;
import dev.cairn.model.AnswerWriter;
import dev.cairn.model.Generation;
import dev.cairn.recall.PriorQuery;
import dev.cairn.recall.QuestionMemories;
import dev.cairn.recall.QuestionMemory;
import dev.cairn.sentence.SentenceEncoder;
import dev.cairn.tokenizer.TextTokenizer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Has the model write an answer from what is stored of the documents. */
@Component
final class GenerateAnswer {

  private final AnswerWriter writer;
  private final TextTokenizer tokenizer;
  private final Optional<SentenceEncoder> sentences;
  private final QuestionMemories memories;
  private final CiteAnswer citeAnswer;
  private final FinishAnswer finishAnswer;

  GenerateAnswer(
      AnswerWriter writer,
      TextTokenizer tokenizer,
      Optional<SentenceEncoder> sentences,
      QuestionMemories memories,
      CiteAnswer citeAnswer,
      FinishAnswer finishAnswer) {
    this.writer = writer;
    this.tokenizer = tokenizer;
    this.sentences = sentences;
    this.memories = memories;
    this.citeAnswer = citeAnswer;
    this.finishAnswer = finishAnswer;
  }

  /**
   * Waits for the model.
   *
   * @throws dev.cairn.recall.UnreadableSegmentException when a segment is damaged
   */
  AnswerContent generate(Caller caller, Scope scope, Question question, AnswerObserver observer) {
    StageTimes times = new StageTimes();
    times.put(AnswerStage.TOKENIZE, question.tokenizeNanos());
    float[] embedding = times.time(AnswerStage.EMBED, () -> embed(question));
    try (QuestionMemory memory =
        times.time(
            AnswerStage.OPEN, () -> memories.open(scope.visible(), query(question, embedding)))) {
      observer.retrieved(
          new RetrievalSummary(question.retrieval(), memory.size(), scope.leftOut()));
      CiteSoFar citing = new CiteSoFar(citeAnswer, caller, question.text(), memory);
      AnswerText text = new AnswerText(question, observer, tokenizer, citing);
      Generation generation =
          writer.generate(question.prompt().ids(), memory, question.sampling(), text);
      text.end(generation);
      times.put(generation.cost());
      return finishAnswer.finish(
          new WrittenAnswer(question, scope, memory, generation, text, citing), times);
    }
  }

  private static PriorQuery query(Question question, float @Nullable [] embedding) {
    return new PriorQuery(embedding, question.retrieval().usesWords() ? question.text() : null);
  }

  private float @Nullable [] embed(Question question) {
    return question.retrieval().usesSentences()
        ? sentences.orElseThrow().embedQuestion(question.text())
        : null;
  }
}
