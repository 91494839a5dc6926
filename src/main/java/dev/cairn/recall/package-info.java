/**
 * What a question recalls: landmarks that are scanned, chunks that are chosen, and their keys and
 * values from memory or from disk.
 */
@ApplicationModule(
    allowedDependencies = {
      "catalogue",
      "segment",
      "model",
      "checkpoint",
      "tokenizer",
      "sentence",
      "kernel",
      "lexical",
      "store"
    })
@NullMarked
package dev.cairn.recall;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
