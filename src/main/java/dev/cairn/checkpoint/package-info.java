/**
 * A checkpoint folder: its configuration, the names and shapes of its weights, and reading them.
 * Free of Spring.
 */
@ApplicationModule(allowedDependencies = {"safetensors", "gguf", "model", "kernel"})
@NullMarked
package dev.cairn.checkpoint;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
