package dev.cairn.recall;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;

/** Hits, misses, evictions, bytes and pins of the RAM tier. */
final class ChunkTierMetrics implements MeterBinder {

  private final ChunkTier tier;

  ChunkTierMetrics(ChunkTier tier) {
    this.tier = tier;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    CaffeineCacheMetrics.monitor(registry, tier.cache(), "chunks");
    Gauge.builder("cairn.chunks.bytes", tier, ChunkTier::usedBytes)
        .description("Memory outside the heap that holds keys and values")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("cairn.chunks.pinned", tier, ChunkTier::pinned)
        .description("Chunks being read, each counted once for each reader")
        .register(registry);
  }
}
