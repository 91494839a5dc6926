/** Errors that a caller sees: RFC 9457 problem details with a stable code and what to do. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.cairn.problem;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
