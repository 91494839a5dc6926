/** The disk of the data folder: whether it is full, and what is kept back for that case. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.cairn.disk;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
