package dev.cairn.web;

import dev.cairn.answer.AnswerSettings;
import dev.cairn.answer.Deadline;
import dev.cairn.answer.Prompt;
import dev.cairn.answer.Question;
import dev.cairn.answer.RetrievalMode;
import dev.cairn.answer.Turn;
import dev.cairn.answer.TurnForm;
import dev.cairn.answer.WritePrompt;
import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.citation.Evidence;
import dev.cairn.model.Sampling;
import dev.cairn.problem.Problem;
import dev.cairn.sentence.SentenceEncoder;
import dev.cairn.tokenizer.TextTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks a request and makes of it a question that can be answered. */
@Component
public final class ParseQuestion {

  /** Strings before which an answer ends, at most. */
  static final int MOST_STOPS = 4;

  /** Characters of such a string, at most. */
  static final int STOP_CHARACTERS = 256;

  private final WritePrompt writePrompt;
  private final AnswerSettings settings;
  private final boolean hasSentences;
  private final int contextTokens;
  private final double minEvidence;

  ParseQuestion(
      TextTokenizer tokenizer,
      Optional<SentenceEncoder> sentences,
      Checkpoint checkpoint,
      AnswerSettings settings) {
    this.writePrompt =
        new WritePrompt(TurnForm.of(checkpoint.form(), tokenizer), settings.questionCharacters());
    this.settings = settings;
    this.hasSentences = sentences.isPresent();
    this.contextTokens =
        settings.contextTokens() == null
            ? checkpoint.form().contextTokens()
            : settings.contextTokens();
    this.minEvidence = settings.minEvidence(checkpoint.form());
  }

  /**
   * @throws Problem invalid_request or question_too_long, naming the field or the limit
   */
  public Question parse(QuestionRequest request) {
    return parse(request, false);
  }

  /**
   * As {@link #parse(QuestionRequest)}, but more answer tokens than there is room for are as many
   * as there is room for.
   */
  public Question parseCapped(QuestionRequest request) {
    return parse(request, true);
  }

  private Question parse(QuestionRequest request, boolean capped) {
    long received = System.nanoTime();
    UnknownFields.refuse("A question", request.unknown());
    RetrievalMode retrieval = retrieval(request.retrieval());
    String text = QuestionText.clean(request.question(), settings.questionCharacters());
    Deadline deadline = Deadline.parse(request.deadline(), settings.deadline(), received);
    List<String> stops = stops(request.stop());
    long start = System.nanoTime();
    Prompt prompt = prompt(request, text, capped);
    long tokenizeNanos = System.nanoTime() - start;
    double minEvidence = minEvidence(request.minEvidence());
    int room = contextTokens - prompt.length();
    int maxTokens = maxTokens(request.maxTokens(), room, capped);
    int written = minEvidence > -1 ? Math.max(maxTokens, Evidence.WEIGHED_TOKENS) : maxTokens;
    return new Question(
        text,
        prompt,
        retrieval,
        sampling(request, Math.min(written, room)),
        maxTokens,
        stops,
        deadline,
        minEvidence,
        Boolean.TRUE.equals(request.trace()),
        received,
        tokenizeNanos);
  }

  /** Turns before the question leave room for the answer that is asked for. */
  private Prompt prompt(QuestionRequest request, String text, boolean capped) {
    int limit = Math.min(settings.promptTokens(), contextTokens - 1);
    int answer = request.maxTokens() == null ? settings.maxTokens() : request.maxTokens();
    int kept = capped ? Math.min(answer, settings.maxTokens()) : answer;
    int room = Math.min(limit, contextTokens - Math.clamp(kept, 1, contextTokens));
    return writePrompt.write(turns(request.conversation()), text, limit, room);
  }

  private static List<Turn> turns(@Nullable List<@Nullable TurnRequest> conversation) {
    return conversation == null
        ? List.of()
        : conversation.stream().map(ParseQuestion::turn).toList();
  }

  private static Turn turn(@Nullable TurnRequest turn) {
    if (turn == null) {
      throw Problem.ofField("conversation", "conversation holds a null: take it out.");
    }
    UnknownFields.refuse("A turn of the conversation", turn.unknown());
    return new Turn(Turn.Role.parse(turn.role()), QuestionText.clean(turn.content()));
  }

  private static List<String> stops(@Nullable List<@Nullable String> asked) {
    List<String> stops = new ArrayList<>();
    for (String stop : asked == null ? List.<@Nullable String>of() : asked) {
      if (stop == null || stop.isEmpty() || stop.length() > STOP_CHARACTERS) {
        throw Problem.ofField(
            "stop", "Each stop has from 1 to %d characters.".formatted(STOP_CHARACTERS));
      }
      stops.add(stop);
    }
    if (stops.size() > MOST_STOPS) {
      throw Problem.ofField(
          "stop",
          "stop has %d entries, at most %d are allowed.".formatted(stops.size(), MOST_STOPS));
    }
    return stops;
  }

  private double minEvidence(@Nullable Double asked) {
    double least = asked == null ? minEvidence : asked;
    if (!(least >= -1 && least <= 1)) {
      throw Problem.ofField("minEvidence", "minEvidence must be from -1 to 1.");
    }
    return least;
  }

  private RetrievalMode retrieval(@Nullable String asked) {
    String name = asked == null ? settings.retrieval() : asked;
    if (name == null) {
      return hasSentences ? RetrievalMode.ATTENTION_SENTENCE_LEXICAL : RetrievalMode.ATTENTION;
    }
    RetrievalMode retrieval = RetrievalMode.parse(name);
    if (retrieval.usesSentences() && !hasSentences) {
      throw Problem.ofField(
          "retrieval",
          "The loaded checkpoint names no sentence encoder: use attention or attention+lexical.");
    }
    return retrieval;
  }

  private static Sampling sampling(QuestionRequest request, int maxTokens) {
    float temperature = request.temperature() == null ? 0 : request.temperature();
    if (!(temperature >= 0 && temperature <= 2)) {
      throw Problem.ofField("temperature", "temperature must be from 0 to 2.");
    }
    float topP = request.topP() == null ? 1 : request.topP();
    if (!(topP > 0 && topP <= 1)) {
      throw Problem.ofField("topP", "topP must be above 0 and at most 1.");
    }
    long seed = request.seed() == null ? ThreadLocalRandom.current().nextLong() : request.seed();
    return new Sampling(maxTokens, temperature, topP, seed);
  }

  private int maxTokens(@Nullable Integer asked, int room, boolean capped) {
    if (asked == null) {
      return Math.min(settings.maxTokens(), room);
    }
    if (asked < 1 || (asked > room && !capped)) {
      throw Problem.ofField(
          "maxTokens",
          "maxTokens must be from 1 to %d: prompt and answer share %d tokens."
              .formatted(room, contextTokens));
    }
    return Math.min(asked, room);
  }
}
