/**
 * What Cairn remembers: corpora, documents, memberships, encodings and the segments that hold their
 * keys, values and landmarks.
 */
@ApplicationModule(
    allowedDependencies = {"model", "kernel", "store", "lexical", "job", "access", "problem"})
@NullMarked
package dev.cairn.memory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
