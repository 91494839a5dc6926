package dev.cairn.recall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.OnCatalogue;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The service's meters are those of the tier that its questions read. */
@OnCatalogue
class ChunkTierMetricsTest {

  @Autowired private MeterRegistry registry;
  @Autowired private QuestionMemories memories;

  @Test
  void theyAreRegistered() {
    ChunkTier tier = memories.tier();
    UUID segment = UUID.randomUUID();
    double misses = gets("miss");
    double hits = gets("hit");
    double bytes = registry.get("cairn.chunks.bytes").gauge().value();
    ChunkKey key = new ChunkKey(segment, 0);
    assertThat(tier.find(key)).isNull();
    // As large as those of other tests in this context, since a tier's slots have one size.
    ChunkSlot slot = Objects.requireNonNull(tier.keep(key, ByteBuffer.allocate(16)));
    tier.release(Objects.requireNonNull(tier.find(key)));
    assertThat(gets("miss") - misses).isEqualTo(1);
    assertThat(gets("hit") - hits).isEqualTo(1);
    assertThat(registry.get("cairn.chunks.pinned").gauge().value()).isEqualTo(1);
    assertThat(registry.get("cairn.chunks.bytes").gauge().value() - bytes).isEqualTo(16);
    tier.release(slot);
    tier.forget(List.of(segment));
    assertThat(registry.get("cairn.chunks.pinned").gauge().value()).isZero();
    assertThat(registry.get("cairn.chunks.bytes").gauge().value()).isEqualTo(bytes);
  }

  private double gets(String result) {
    return registry
        .get("cache.gets")
        .tags("cache", "chunks", "result", result)
        .functionCounter()
        .count();
  }
}
