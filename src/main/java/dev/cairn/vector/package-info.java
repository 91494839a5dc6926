/**
 * The decoder and the encoder on the vector registers of the processor. The rooms {@code vector}
 * and {@code tensor} have the same parts under the same names. Free of Spring.
 */
@ApplicationModule(allowedDependencies = {"model", "checkpoint", "safetensors", "gguf", "kernel"})
@NullMarked
package dev.cairn.vector;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
