/** Segments: the files that hold the keys, values and landmarks of a stretch of a document. */
@ApplicationModule(
    allowedDependencies = {"model", "checkpoint", "tokenizer", "safetensors", "kernel", "store"})
@NullMarked
package dev.cairn.segment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
