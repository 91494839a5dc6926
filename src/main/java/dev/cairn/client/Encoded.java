package dev.cairn.client;

import dev.cairn.catalogue.DocumentStatus;
import java.time.Duration;

/**
 * A document that can be asked.
 *
 * @param already true when it was encoded before
 * @param took how long its encoding was waited for
 */
public record Encoded(DocumentStatus document, boolean already, Duration took) {

  public String summary() {
    return "%,d tokens in %,d chunks, %,d KB stored; %s"
        .formatted(
            document.tokens(),
            document.chunks(),
            document.bytesStored() / 1024,
            already ? "encoded before, nothing to do" : speed());
  }

  private String speed() {
    double seconds = Math.max(took.toMillis(), 1) / 1000.0;
    return "encoded in %.1f s (%,.0f tokens a second)"
        .formatted(seconds, document.tokens() / seconds);
  }
}
