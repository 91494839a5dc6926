/** What words say about chunks: one BM25 index for each segment, made anew from it when lost. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.cairn.lexical;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
