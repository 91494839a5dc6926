/**
 * The catalogue: documents, their encodings, and the stretches and segments of these. Who may
 * publish what (fencing), and what is to be taken away.
 */
@ApplicationModule(allowedDependencies = {"segment", "model", "store", "access", "disk", "problem"})
@NullMarked
package dev.cairn.catalogue;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
