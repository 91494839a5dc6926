/**
 * From uploaded bytes to stored segments: upload, text, tokens, stretches and the jobs that encode
 * them.
 */
@ApplicationModule(allowedDependencies = {"memory", "model", "store", "job", "access", "problem"})
@NullMarked
package dev.cairn.ingest;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
