/** What a person sees of a command: output, progress, and how it ends when it is interrupted. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.cairn.terminal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
