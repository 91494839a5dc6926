/** Which passages an answer was read from, and what speaks for it. */
@ApplicationModule(
    allowedDependencies = {"recall", "corpus", "catalogue", "text", "model", "tokenizer", "access"})
@NullMarked
package dev.cairn.citation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
