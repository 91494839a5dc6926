/**
 * The PostgreSQL that the catalogue lives in: an embedded, durable one unless a data source is
 * configured.
 */
@ApplicationModule(allowedDependencies = "disk")
@NullMarked
package dev.cairn.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
