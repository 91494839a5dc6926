/**
 * What a model is: the sizes of a decoder, the form in which it reads stored chunks, and the
 * contracts that every decoder and encoder keeps, whatever it computes with. Free of Spring.
 */
@ApplicationModule(allowedDependencies = {"kernel", "safetensors"})
@NullMarked
package dev.cairn.model;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
