/** The extracted texts of documents, read by ranges of code points. */
@ApplicationModule(allowedDependencies = {"catalogue", "store", "access", "problem"})
@NullMarked
package dev.cairn.text;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
