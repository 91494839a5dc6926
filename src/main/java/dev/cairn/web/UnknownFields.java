package dev.cairn.web;

import dev.cairn.problem.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fields of a request that mean nothing: a misspelt one must not be taken for its default. */
final class UnknownFields {

  private UnknownFields() {}

  /**
   * @param owner what has no such field, with its article
   * @throws Problem invalid_request, naming the fields, when there are any
   */
  static void refuse(String owner, @Nullable Map<String, Object> unknown) {
    if (unknown != null) {
      refuse(owner, unknown.keySet());
    }
  }

  /** The same for the names alone. */
  static void refuse(String owner, Collection<String> unknown) {
    List<String> names = unknown.stream().sorted().toList();
    if (!names.isEmpty()) {
      throw Problem.ofField(
          names.getFirst(), "%s has no field %s.".formatted(owner, String.join(", ", names)));
    }
  }
}
