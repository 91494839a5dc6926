/** Text to token ids with character offsets, and back. Free of Spring. */
@ApplicationModule(allowedDependencies = {"checkpoint", "gguf", "model"})
@NullMarked
package dev.cairn.tokenizer;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
