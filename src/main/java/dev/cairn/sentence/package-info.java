/** Sentence landmarks: one vector for the text of a chunk or a question. Free of Spring. */
@ApplicationModule(allowedDependencies = {"checkpoint"})
@NullMarked
package dev.cairn.sentence;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
