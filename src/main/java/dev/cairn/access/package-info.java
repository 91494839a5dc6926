/** Who is asking: tenant and caller, and which hosts and origins may ask at all. */
@ApplicationModule(allowedDependencies = {"problem"})
@NullMarked
package dev.cairn.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
