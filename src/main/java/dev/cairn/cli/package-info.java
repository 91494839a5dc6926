/** The cairn command: talks to a server over HTTP, or looks at files. */
@ApplicationModule(
    allowedDependencies = {
      "bench",
      "evaluate",
      "engine",
      "segment",
      "catalogue",
      "corpus",
      "model",
      "checkpoint",
      "safetensors"
    })
@NullMarked
package dev.cairn.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
