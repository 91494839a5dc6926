/**
 * The hierarchical sparse-attention decoder: checkpoint files, tokenizer, layers, encoding and
 * decoding. Free of Spring; the only user of ai.djl.
 */
@ApplicationModule(allowedDependencies = "kernel")
@NullMarked
package dev.cairn.model;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
