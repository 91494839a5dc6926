/** Background work: db-scheduler on PostgreSQL, its wiring and retries. */
@ApplicationModule(allowedDependencies = {"disk", "problem"})
@NullMarked
package dev.cairn.job;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
