/** The HTTP API under /api/v1: all controllers, and what requests and responses look like. */
@ApplicationModule(
    allowedDependencies = {
      "stream",
      "answer",
      "ingest",
      "text",
      "corpus",
      "catalogue",
      "model",
      "checkpoint",
      "tokenizer",
      "sentence",
      "access",
      "disk",
      "problem"
    })
@NullMarked
package dev.cairn.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
