/** The cairn command: talks to a server over HTTP, or looks at files. */
@ApplicationModule(
    allowedDependencies = {
      "client",
      "terminal",
      "bench",
      "evaluate",
      "engine",
      "segment",
      "catalogue",
      "model",
      "checkpoint",
      "safetensors"
    })
@NullMarked
package dev.cairn.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
