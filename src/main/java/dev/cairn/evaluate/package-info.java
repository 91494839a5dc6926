/** Scores of answers to questions whose answers are known. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.cairn.evaluate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
