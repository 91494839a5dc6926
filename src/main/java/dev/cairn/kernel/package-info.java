/**
 * Arithmetic of the decoder and of scans: products with weights and landmarks, and the few
 * functions around them, on vector registers and on several threads. Every result is the same to
 * the last bit whatever the width of the registers, the number of threads and the number of rows
 * beside it.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.cairn.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
