/**
 * The decoder and the encoder in tensors of DJL: on devices that are not the processor, and as the
 * plain form that {@code vector} is checked against. Gradients flow through all of the form HSA,
 * which a trainer will need: {@code GradientTest} holds it to the reference's. Free of Spring.
 */
@ApplicationModule(allowedDependencies = {"model", "checkpoint", "safetensors", "kernel"})
@NullMarked
package dev.cairn.tensor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
