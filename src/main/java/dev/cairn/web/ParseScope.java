package dev.cairn.web;

import dev.cairn.answer.AnswerSettings;
import dev.cairn.corpus.AskedScope;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks which corpora and documents a question asks for. */
@Component
final class ParseScope {

  private static final ScopeRequest WHOLE = new ScopeRequest(null, null, null, null);

  private final int most;

  ParseScope(AnswerSettings settings) {
    this.most = settings.scopeEntries();
  }

  /**
   * The scope of a question to one corpus.
   *
   * @throws Problem invalid_request when it names corpora of its own
   */
  AskedScope inCorpus(String slug, @Nullable ScopeRequest request) {
    ScopeRequest scope = request == null ? WHOLE : request;
    if (scope.corpora() != null) {
      throw invalid(
          "The address names the corpus already: leave out scope.corpora, or ask at /questions.");
    }
    return parse(List.of(slug), scope);
  }

  /**
   * The scope of a question that names its corpora.
   *
   * @throws Problem invalid_request when it names none or too many
   */
  AskedScope acrossCorpora(@Nullable ScopeRequest request) {
    if (request == null || request.corpora() == null || request.corpora().isEmpty()) {
      throw invalid("scope.corpora is empty: name the corpora to ask.");
    }
    return parse(request.corpora(), request);
  }

  private AskedScope parse(List<@Nullable String> corpora, ScopeRequest scope) {
    UnknownFields.refuse("A scope", scope.unknown());
    return new AskedScope(
        entries("corpora", corpora),
        entries("documents", scope.documents()),
        metadata(scope.metadata()));
  }

  private <T> List<T> entries(String field, @Nullable List<@Nullable T> entries) {
    if (entries == null) {
      return List.of();
    }
    if (entries.size() > most) {
      throw invalid(
          "scope.%s has %d entries, at most %d are allowed (cairn.answer.scope-entries)."
              .formatted(field, entries.size(), most));
    }
    if (entries.stream().anyMatch(Objects::isNull)) {
      throw invalid("scope.%s holds a null: take it out.".formatted(field));
    }
    return entries.stream().map(Objects::requireNonNull).toList();
  }

  private static Map<String, Object> metadata(@Nullable Map<String, @Nullable Object> metadata) {
    Map<String, Object> present = new HashMap<>();
    if (metadata != null) {
      metadata.forEach((key, value) -> present.put(key, required(key, value)));
    }
    return present;
  }

  private static Object required(String key, @Nullable Object value) {
    if (value == null) {
      throw invalid("scope.metadata.%s is null: name a value or leave it out.".formatted(key));
    }
    return value;
  }

  private static Problem invalid(String detail) {
    return new Problem(ProblemCode.INVALID_REQUEST, detail);
  }
}
