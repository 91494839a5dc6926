/** Corpora and which documents are in them; what a question may read of them. */
@ApplicationModule(allowedDependencies = {"catalogue", "segment", "access", "disk", "problem"})
@NullMarked
package dev.cairn.corpus;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
