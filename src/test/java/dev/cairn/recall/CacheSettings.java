package dev.cairn.recall;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** Settings of what is kept between questions. */
final class CacheSettings {

  private CacheSettings() {}

  static RecallSettings of(DataSize landmarkCache, DataSize chunkCache, int scanThreads) {
    return new RecallSettings(landmarkCache, chunkCache, scanThreads, Duration.ofSeconds(30));
  }
}
