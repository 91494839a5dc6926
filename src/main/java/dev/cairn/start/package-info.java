/**
 * What is looked at before anything is started, so that a mistake ends the start at once, and how a
 * start that fails is told.
 */
@ApplicationModule(allowedDependencies = {"database", "terminal"})
@NullMarked
package dev.cairn.start;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
