package dev.cairn.openai;

import dev.cairn.answer.Question;
import dev.cairn.corpus.AskedScope;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import dev.cairn.web.ParseQuestion;
import dev.cairn.web.QuestionRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes of a chat the question that it ends with. */
@Component
final class ParseChat {

  private final ParseQuestion parseQuestion;

  ParseChat(ParseQuestion parseQuestion) {
    this.parseQuestion = parseQuestion;
  }

  /**
   * @throws Problem corpus_not_found when no model can have that name
   */
  AskedScope scope(ChatRequest request) {
    return AskedScope.of(ModelName.corpus(request.model()));
  }

  /**
   * More answer tokens than there is room for are as many as there is room for.
   *
   * @throws Problem invalid_request, unsupported_parameter, question_too_long
   */
  Question question(ChatRequest request) {
    ChatOptions.refuseUnsupported(request.others());
    List<ChatMessage> messages = messages(request.messages());
    return parseQuestion.parseCapped(
        new QuestionRequest(
            messages.getLast().text(),
            null,
            maxTokens(request),
            request.temperature(),
            request.topP(),
            request.seed(),
            stops(request.stop()),
            null,
            messages.subList(0, messages.size() - 1).stream().map(ChatMessage::toTurn).toList(),
            request.minEvidence(),
            null,
            null,
            null));
  }

  private static List<ChatMessage> messages(@Nullable List<@Nullable ChatMessage> messages) {
    if (messages == null || messages.isEmpty() || messages.stream().anyMatch(Objects::isNull)) {
      throw Problem.ofField("messages", "messages is empty or holds a null: ask something.");
    }
    List<ChatMessage> present = messages.stream().map(Objects::requireNonNull).toList();
    if (!present.getLast().isUsers()) {
      throw new Problem(
          ProblemCode.UNSUPPORTED_PARAMETER,
          "The last message is the question: it has the role user.",
          "messages");
    }
    return present;
  }

  private static @Nullable Integer maxTokens(ChatRequest request) {
    Integer older = request.maxTokens();
    Integer newer = request.maxCompletionTokens();
    if (older != null && newer != null && !older.equals(newer)) {
      throw Problem.ofField(
          "max_tokens", "max_tokens and max_completion_tokens differ: send one of them.");
    }
    return newer == null ? older : newer;
  }

  private static @Nullable List<@Nullable String> stops(@Nullable Object stop) {
    return switch (stop) {
      case null -> null;
      case String one -> List.of(one);
      case List<?> several -> several.stream().map(ParseChat::stop).toList();
      default -> throw notAStop();
    };
  }

  private static String stop(@Nullable Object stop) {
    if (stop instanceof String text) {
      return text;
    }
    throw notAStop();
  }

  private static Problem notAStop() {
    return Problem.ofField("stop", "stop is a string or a list of strings.");
  }
}
