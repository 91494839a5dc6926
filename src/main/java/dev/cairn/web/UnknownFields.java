package dev.cairn.web;

import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fields of a request that mean nothing: a misspelt one must not be taken for its default. */
final class UnknownFields {

  private UnknownFields() {}

  /**
   * @param owner what has no such field, with its article
   * @throws Problem invalid_request, naming the fields, when there are any
   */
  static void refuse(String owner, @Nullable Map<String, Object> unknown) {
    if (unknown != null && !unknown.isEmpty()) {
      String names = unknown.keySet().stream().sorted().collect(Collectors.joining(", "));
      throw new Problem(ProblemCode.INVALID_REQUEST, "%s has no field %s.".formatted(owner, names));
    }
  }
}
