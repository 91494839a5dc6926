package dev.cairn.memory;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of the catalogue, and what questions may use.
 *
 * @param titleCharacters code points of a title, at most
 * @param metadataBytes of a membership's metadata as JSON in UTF-8, at most
 * @param chunksPerStretch chunks that one job encodes into one segment, at most; whole blocks of
 *     the model
 * @param kvFormat how keys and values are stored from now on; what is stored otherwise is stale
 * @param landmarkCache how much memory outside the heap keeps landmarks between questions; those of
 *     running questions come on top when they are more
 * @param chunkCache how much memory outside the heap keeps keys and values that questions read
 * @param scanThreads threads that share the scan of a large memory
 * @param sweepInterval how often both caches are cleared of what was deleted elsewhere
 */
@Validated
@ConfigurationProperties("cairn.memory")
record MemorySettings(
    @DefaultValue("500") @Positive int titleCharacters,
    @DefaultValue("16384") @Positive int metadataBytes,
    @DefaultValue("1024") @Min(1) @Max(Fingerprint.CHUNKS_PER_STRETCH) int chunksPerStretch,
    @DefaultValue("BF16") KvFormat kvFormat,
    @DefaultValue("1GB") DataSize landmarkCache,
    @DefaultValue("512MB") DataSize chunkCache,
    @DefaultValue("2") @Min(1) @Max(64) int scanThreads,
    @DurationMin(millis = 10) @DefaultValue("30s") Duration sweepInterval) {

  MemorySettings {
    requireNotNegative(landmarkCache, "landmark-cache");
    requireNotNegative(chunkCache, "chunk-cache");
  }

  private static void requireNotNegative(DataSize size, String name) {
    if (size.isNegative()) {
      throw new IllegalArgumentException("cairn.memory.%s must not be negative".formatted(name));
    }
  }
}
