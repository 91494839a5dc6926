/** Questions and their answers, with citations and the cache report. */
@ApplicationModule(allowedDependencies = {"memory", "model", "access", "job", "problem"})
@NullMarked
package dev.cairn.answer;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
