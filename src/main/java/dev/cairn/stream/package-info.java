/** Answers that are read while they are written, and read again. */
@ApplicationModule(allowedDependencies = {"answer", "citation", "corpus", "access", "problem"})
@NullMarked
package dev.cairn.stream;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
