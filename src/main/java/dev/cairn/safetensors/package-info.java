/**
 * The safetensors file format: a header that is checked whole, and tensors that are read by
 * position.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.cairn.safetensors;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
