/**
 * The GGUF file format: a header that is checked whole, typed metadata, tensors that are read by
 * position, and the block formats that their numbers are packed in. Free of Spring.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.cairn.gguf;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
