/** A server as its caller sees it: requests over HTTP, uploads, and what it answers. No Spring. */
@ApplicationModule(allowedDependencies = {"terminal", "catalogue", "corpus"})
@NullMarked
package dev.cairn.client;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
