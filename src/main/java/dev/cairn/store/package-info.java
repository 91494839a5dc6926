/**
 * Blobs: named bytes, written whole and durably or not at all. Knows nothing of tensors. Free of
 * Spring.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.cairn.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
