package dev.cairn.openai;

import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/** The names under which corpora are models of OpenAI's API. */
final class ModelName {

  private static final String PREFIX = "cairn/";

  private ModelName() {}

  static String of(String corpus) {
    return PREFIX + corpus;
  }

  /**
   * The corpus that a model stands for; whether there is one is not looked up.
   *
   * @throws Problem corpus_not_found when no model has a name like this
   */
  static String corpus(@Nullable String model) {
    if (model == null || !model.startsWith(PREFIX)) {
      throw new Problem(
          ProblemCode.CORPUS_NOT_FOUND,
          "There is no model %s: a model is cairn/ and the name of a corpus, see /v1/models."
              .formatted(model == null ? "" : model),
          "model");
    }
    return model.substring(PREFIX.length());
  }
}
