/**
 * From uploaded bytes to stored segments: upload, text, tokens, stretches and the jobs that encode
 * them.
 */
@ApplicationModule(
    allowedDependencies = {
      "text",
      "page",
      "corpus",
      "catalogue",
      "segment",
      "engine",
      "model",
      "tokenizer",
      "sentence",
      "store",
      "job",
      "access",
      "problem"
    })
@NullMarked
package dev.cairn.ingest;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
