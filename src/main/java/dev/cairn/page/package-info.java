/** What a reader sees of a page of HTML. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.cairn.page;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
