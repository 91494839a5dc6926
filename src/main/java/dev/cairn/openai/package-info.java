/** The OpenAI-compatible API under /v1: a corpus is a model. */
@ApplicationModule(
    allowedDependencies = {
      "web",
      "stream",
      "answer",
      "citation",
      "corpus",
      "catalogue",
      "access",
      "problem"
    })
@NullMarked
package dev.cairn.openai;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
