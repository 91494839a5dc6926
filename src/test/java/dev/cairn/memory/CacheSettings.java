package dev.cairn.memory;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** Settings of what is kept between questions. */
final class CacheSettings {

  private CacheSettings() {}

  static MemorySettings of(DataSize landmarkCache, DataSize chunkCache, int scanThreads) {
    return new MemorySettings(
        1, 1, 1, KvFormat.BF16, landmarkCache, chunkCache, scanThreads, Duration.ofSeconds(30));
  }
}
