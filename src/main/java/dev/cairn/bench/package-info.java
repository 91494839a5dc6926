/**
 * Measures this machine and Cairn on it, in one process and against a stated baseline. Needs no
 * server.
 */
@ApplicationModule(
    allowedDependencies = {
      "recall",
      "segment",
      "catalogue",
      "engine",
      "model",
      "checkpoint",
      "tokenizer",
      "sentence",
      "kernel",
      "lexical",
      "answer",
      "store"
    })
@NullMarked
package dev.cairn.bench;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
