/**
 * Questions and their answers: admission, prompt, generation, evidence, cache report, and what is
 * kept of it.
 */
@ApplicationModule(
    allowedDependencies = {
      "citation",
      "recall",
      "corpus",
      "catalogue",
      "segment",
      "engine",
      "model",
      "tokenizer",
      "sentence",
      "access",
      "job",
      "problem"
    })
@NullMarked
package dev.cairn.answer;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
