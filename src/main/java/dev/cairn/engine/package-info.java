/**
 * A loaded model at work: which back end computes what, on which thread, and which answers share a
 * step. Free of Spring.
 */
@ApplicationModule(
    allowedDependencies = {"model", "checkpoint", "tokenizer", "vector", "tensor", "kernel"})
@NullMarked
package dev.cairn.engine;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
