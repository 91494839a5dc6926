package dev.cairn.answer;

import dev.cairn.access.Caller;
import dev.cairn.memory.ChunkMemories;
import dev.cairn.memory.QuestionMemory;
import dev.cairn.memory.Scope;
import dev.cairn.model.Detokenizer;
import dev.cairn.model.Generation;
import dev.cairn.model.HsaModel;
import dev.cairn.model.SentenceEncoder;
import dev.cairn.model.TextTokenizer;
import dev.cairn.model.TokenSink;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Has the model write an answer from what is stored of the documents. */
@Component
final class GenerateAnswer {

  private final HsaModel model;
  private final TextTokenizer tokenizer;
  private final Optional<SentenceEncoder> sentences;
  private final ChunkMemories memories;
  private final FinishAnswer finishAnswer;

  GenerateAnswer(
      HsaModel model,
      TextTokenizer tokenizer,
      Optional<SentenceEncoder> sentences,
      ChunkMemories memories,
      FinishAnswer finishAnswer) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.sentences = sentences;
    this.memories = memories;
    this.finishAnswer = finishAnswer;
  }

  /**
   * Waits for the model.
   *
   * @throws dev.cairn.memory.UnreadableSegmentException when a segment is damaged
   */
  AnswerContent generate(Caller caller, Scope scope, Question question, AnswerObserver observer) {
    StageTimes times = new StageTimes();
    times.put(AnswerStage.TOKENIZE, question.tokenizeNanos());
    float[] embedding = times.time(AnswerStage.EMBED, () -> embed(question));
    try (QuestionMemory memory =
        times.time(AnswerStage.OPEN, () -> memories.open(scope.visible(), embedding))) {
      observer.retrieved(
          new RetrievalSummary(question.retrieval(), memory.size(), scope.leftOut()));
      StringBuilder text = new StringBuilder();
      Generation generation =
          model.generate(question.prompt(), memory, question.sampling(), sink(text, observer));
      times.put(generation.cost());
      Written written = new Written(question, scope, memory, generation, text.toString());
      return finishAnswer.finish(caller, written, times);
    }
  }

  /**
   * Text that too little evidence may replace in the end is told of only then.
   *
   * @param text appended to
   */
  private TokenSink sink(StringBuilder text, AnswerObserver observer) {
    Detokenizer detokenizer = new Detokenizer(tokenizer);
    return token -> {
      String piece = detokenizer.push(token.id());
      text.append(piece);
      return observer.wrote(finishAnswer.keepsText() ? piece : "");
    };
  }

  private float @Nullable [] embed(Question question) {
    return question.retrieval() == Retrieval.ATTENTION
        ? null
        : sentences.orElseThrow().embedQuestion(question.text());
  }
}
