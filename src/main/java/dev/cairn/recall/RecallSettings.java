package dev.cairn.recall;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What questions may use.
 *
 * @param landmarkCache how much memory outside the heap keeps landmarks between questions; those of
 *     running questions come on top when they are more
 * @param chunkCache how much memory outside the heap keeps keys and values that questions read
 * @param scanThreads threads that share the scan of a large memory
 * @param sweepInterval how often both caches are cleared of what was deleted elsewhere
 */
@Validated
@ConfigurationProperties("cairn.memory")
public record RecallSettings(
    @DefaultValue("1GB") DataSize landmarkCache,
    @DefaultValue("512MB") DataSize chunkCache,
    @DefaultValue("2") @Min(1) @Max(64) int scanThreads,
    @DurationMin(millis = 10) @DefaultValue("30s") Duration sweepInterval) {

  public RecallSettings {
    requireNotNegative(landmarkCache, "landmark-cache");
    requireNotNegative(chunkCache, "chunk-cache");
  }

  /** For caches that nothing is deleted from meanwhile. */
  public static RecallSettings of(DataSize landmarkCache, DataSize chunkCache, int scanThreads) {
    return new RecallSettings(landmarkCache, chunkCache, scanThreads, Duration.ofSeconds(30));
  }

  private static void requireNotNegative(DataSize size, String name) {
    if (size.isNegative()) {
      throw new IllegalArgumentException("cairn.memory.%s must not be negative".formatted(name));
    }
  }
}
