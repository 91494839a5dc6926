package dev.cairn.answer;

import dev.cairn.model.Checkpoint;
import dev.cairn.model.Sampling;
import dev.cairn.model.SentenceEncoder;
import dev.cairn.model.TextTokenizer;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks a request and makes of it a question that can be answered. */
@Component
final class ReadQuestion {

  private final TextTokenizer tokenizer;
  private final AnswerSettings settings;
  private final boolean hasSentences;
  private final int contextTokens;

  ReadQuestion(
      TextTokenizer tokenizer,
      Optional<SentenceEncoder> sentences,
      Checkpoint checkpoint,
      AnswerSettings settings) {
    this.tokenizer = tokenizer;
    this.settings = settings;
    this.hasSentences = sentences.isPresent();
    this.contextTokens =
        settings.contextTokens() == null
            ? checkpoint.config().slidingWindow()
            : settings.contextTokens();
  }

  /**
   * @throws Problem invalid_request or question_too_long, naming the field or the limit
   */
  Question read(QuestionRequest request) {
    long received = System.nanoTime();
    UnknownFields.refuse("A question", request.unknown());
    Retrieval retrieval = retrieval(request.retrieval());
    String text = QuestionText.clean(request.question(), settings.questionCharacters());
    long start = System.nanoTime();
    int[] prompt = tokenizer.prompt(text);
    long tokenizeNanos = System.nanoTime() - start;
    refuseTooLong(prompt.length);
    return new Question(
        text, prompt, retrieval, sampling(request, prompt.length), received, tokenizeNanos);
  }

  private Retrieval retrieval(@Nullable String name) {
    if (name == null) {
      return hasSentences ? Retrieval.ATTENTION_SENTENCE : Retrieval.ATTENTION;
    }
    Retrieval retrieval = Retrieval.parse(name);
    if (retrieval == Retrieval.ATTENTION_SENTENCE && !hasSentences) {
      throw invalid("The loaded checkpoint names no sentence encoder: use retrieval attention.");
    }
    return retrieval;
  }

  private void refuseTooLong(int promptTokens) {
    int limit = Math.min(settings.promptTokens(), contextTokens - 1);
    if (promptTokens > limit) {
      throw new Problem(
          ProblemCode.QUESTION_TOO_LONG,
          "The question makes a prompt of %d tokens, at most %d are allowed. Ask a shorter question."
              .formatted(promptTokens, limit));
    }
  }

  private Sampling sampling(QuestionRequest request, int promptTokens) {
    float temperature = request.temperature() == null ? 0 : request.temperature();
    if (!(temperature >= 0 && temperature <= 2)) {
      throw invalid("temperature must be from 0 to 2.");
    }
    float topP = request.topP() == null ? 1 : request.topP();
    if (!(topP > 0 && topP <= 1)) {
      throw invalid("topP must be above 0 and at most 1.");
    }
    long seed = request.seed() == null ? ThreadLocalRandom.current().nextLong() : request.seed();
    return new Sampling(
        maxTokens(request.maxTokens(), contextTokens - promptTokens), temperature, topP, seed);
  }

  private int maxTokens(@Nullable Integer asked, int room) {
    if (asked == null) {
      return Math.min(settings.maxTokens(), room);
    }
    if (asked < 1 || asked > room) {
      throw invalid(
          "maxTokens must be from 1 to %d: prompt and answer share %d tokens."
              .formatted(room, contextTokens));
    }
    return asked;
  }

  private static Problem invalid(String detail) {
    return new Problem(ProblemCode.INVALID_REQUEST, detail);
  }
}
