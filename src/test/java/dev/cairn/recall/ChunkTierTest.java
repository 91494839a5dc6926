package dev.cairn.recall;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChunkTierTest {

  private static final int CHUNK_BYTES = 64;

  private static final UUID SEGMENT = new UUID(0, 1);

  private static ChunkTier tier(int slots) {
    return new ChunkTier((long) slots * CHUNK_BYTES);
  }

  private static ChunkKey key(int row) {
    return new ChunkKey(SEGMENT, row);
  }

  /** A chunk all of whose bytes are its row. */
  private static ByteBuffer chunk(int row) {
    byte[] bytes = new byte[CHUNK_BYTES];
    Arrays.fill(bytes, (byte) row);
    return ByteBuffer.wrap(bytes);
  }

  private static boolean holds(ChunkSlot slot, int row) {
    return slot.memory().mismatch(MemorySegment.ofBuffer(chunk(row))) < 0;
  }

  private static @Nullable ChunkSlot keepIfRoom(ChunkTier tier, int row) {
    return tier.keep(key(row), chunk(row));
  }

  private static ChunkSlot keep(ChunkTier tier, int row) {
    return Objects.requireNonNull(keepIfRoom(tier, row));
  }

  private static boolean has(ChunkTier tier, int row) {
    ChunkSlot slot = tier.find(key(row));
    if (slot != null) {
      assertThat(holds(slot, row)).isTrue();
      tier.release(slot);
    }
    return slot != null;
  }

  private static long usedSlots(ChunkTier tier) {
    return tier.usedBytes() / CHUNK_BYTES;
  }

  @Test
  void whatWasReadIsFoundByOthers() {
    try (ChunkTier tier = tier(16)) {
      assertThat(tier.find(key(1))).isNull();
      ChunkSlot first = keep(tier, 1);
      ChunkSlot second = Objects.requireNonNull(tier.find(key(1)));
      assertThat(second).isSameAs(first);
      assertThat(tier.pinned()).isEqualTo(2);
      tier.release(first);
      tier.release(second);
      assertThat(has(tier, 1)).isTrue();
      assertThat(tier.pinned()).isZero();
      assertThat(tier.usedBytes()).isEqualTo(CHUNK_BYTES);
    }
  }

  @Test
  void itStaysWithinItsBytes() {
    try (ChunkTier tier = tier(16)) {
      for (int row = 0; row < 1_000; row++) {
        tier.release(keep(tier, row % 100));
        assertThat(usedSlots(tier)).isLessThanOrEqualTo(16);
      }
      assertThat(IntStream.range(0, 100).filter(row -> has(tier, row))).hasSize(14);
    }
  }

  @Test
  void aSlotInUseOutlivesItsEvictionAndIsUsedAgainOnlyThen() {
    try (ChunkTier tier = tier(16)) {
      ChunkSlot used = keep(tier, 1);
      tier.clear();
      assertThat(tier.find(key(1))).isNull();
      assertThat(usedSlots(tier)).isOne();
      List<ChunkSlot> others = new ArrayList<>();
      for (int row = 2; row < 17; row++) {
        others.add(keep(tier, row));
      }
      assertThat(keepIfRoom(tier, 17)).as("all slots are in use").isNull();
      assertThat(holds(used, 1)).isTrue();
      tier.release(used);
      ChunkSlot next = keep(tier, 17);
      assertThat(next.memory().address()).isEqualTo(used.memory().address());
      others.add(next);
      others.forEach(tier::release);
      tier.clear();
      assertThat(usedSlots(tier)).isZero();
    }
  }

  @Test
  void theSameChunkReadTwiceAtATimeIsKeptOnce() {
    try (ChunkTier tier = tier(16)) {
      ChunkSlot first = keep(tier, 1);
      ChunkSlot second = keep(tier, 1);
      assertThat(holds(first, 1) && holds(second, 1)).isTrue();
      tier.release(second);
      assertThat(usedSlots(tier)).isOne();
      assertThat(tier.find(key(1))).isSameAs(first);
    }
  }

  @Test
  void roomForLessThanAChunkKeepsNothing() {
    try (ChunkTier none = new ChunkTier(0);
        ChunkTier less = new ChunkTier(CHUNK_BYTES - 1)) {
      assertThat(keepIfRoom(none, 1)).isNull();
      assertThat(keepIfRoom(less, 1)).isNull();
    }
  }

  @Test
  void roomForOneChunkIsUsed() {
    try (ChunkTier one = tier(1)) {
      ChunkSlot slot = keep(one, 1);
      assertThat(holds(slot, 1)).isTrue();
      assertThat(keepIfRoom(one, 2)).isNull();
      one.release(slot);
      assertThat(keepIfRoom(one, 2)).isNotNull();
    }
  }

  @Test
  void aChunkOfAnotherSizeIsNotKept() {
    try (ChunkTier tier = tier(16)) {
      tier.release(keep(tier, 1));
      assertThat(tier.keep(key(2), ByteBuffer.allocate(CHUNK_BYTES / 2))).isNull();
    }
  }

  @Test
  void aForgottenSegmentLeavesNothing() {
    try (ChunkTier tier = tier(16)) {
      UUID other = new UUID(0, 2);
      tier.release(keep(tier, 1));
      tier.release(keep(tier, 2));
      tier.release(Objects.requireNonNull(tier.keep(new ChunkKey(other, 1), chunk(1))));
      assertThat(tier.segments()).containsExactlyInAnyOrder(SEGMENT, other);
      tier.forget(List.of(SEGMENT));
      assertThat(tier.segments()).containsExactly(other);
      assertThat(usedSlots(tier)).isOne();
    }
  }

  @Test
  void closingFreesTheMemoryOnceNobodyReadsIt() {
    ChunkTier tier = tier(16);
    ChunkSlot used = keep(tier, 1);
    MemorySegment memory = used.memory();
    tier.close();
    assertThat(memory.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 1);
    assertThat(keepIfRoom(tier, 2)).isNull();
    tier.release(used);
    assertThat(memory.scope().isAlive()).isFalse();
  }

  @Test
  void manyThreadsOnFewSlotsReadTheRightChunksAndLeakNone() throws Exception {
    try (ChunkTier tier = tier(24);
        ExecutorService threads = Executors.newFixedThreadPool(9)) {
      List<Callable<Integer>> work =
          new ArrayList<>(Collections.nCopies(8, () -> readRandom(tier, 20_000)));
      work.add(() -> letGo(tier, 2_000));
      assertThat(threads.invokeAll(work)).extracting(Future::get).containsOnly(0);
      assertThat(tier.pinned()).isZero();
      assertThat(usedSlots(tier)).isLessThanOrEqualTo(24);
      tier.clear();
      assertThat(usedSlots(tier)).isZero();
    }
  }

  /** Holds up to six chunks at a time; returns how many were not what they should be. */
  private static int readRandom(ChunkTier tier, int rounds) {
    int wrong = 0;
    for (int round = 0; round < rounds; round++) {
      int[] rows = ThreadLocalRandom.current().ints(0, 64).distinct().limit(6).toArray();
      List<ChunkSlot> held = new ArrayList<>();
      for (int row : rows) {
        ChunkSlot found = tier.find(key(row));
        ChunkSlot slot = found == null ? keepIfRoom(tier, row) : found;
        held.add(slot);
      }
      for (int i = 0; i < rows.length; i++) {
        wrong += held.get(i) == null || holds(held.get(i), rows[i]) ? 0 : 1;
      }
      held.stream().filter(Objects::nonNull).forEach(tier::release);
    }
    return wrong;
  }

  private static int letGo(ChunkTier tier, int rounds) {
    for (int round = 0; round < rounds; round++) {
      if (round % 2 == 0) {
        tier.clear();
      } else {
        tier.forget(List.of(SEGMENT));
      }
      Thread.yield();
    }
    return 0;
  }

  @Test
  void itsMetricsCount() {
    try (ChunkTier tier = tier(16)) {
      MeterRegistry registry = new SimpleMeterRegistry();
      new ChunkTierMetrics(tier).bindTo(registry);
      tier.find(key(1));
      ChunkSlot held = keep(tier, 1);
      has(tier, 1);
      assertThat(count(registry, "miss")).isEqualTo(1);
      assertThat(count(registry, "hit")).isEqualTo(1);
      assertThat(registry.get("cairn.chunks.pinned").gauge().value()).isEqualTo(1);
      assertThat(registry.get("cairn.chunks.bytes").gauge().value()).isEqualTo(CHUNK_BYTES);
      tier.release(held);
      for (int row = 2; row < 40; row++) {
        tier.release(keep(tier, row));
      }
      assertThat(registry.get("cache.evictions").functionCounter().count()).isEqualTo(25);
      assertThat(registry.get("cairn.chunks.pinned").gauge().value()).isZero();
    }
  }

  private static double count(MeterRegistry registry, String result) {
    return registry
        .get("cache.gets")
        .tag("cache", "chunks")
        .tag("result", result)
        .functionCounter()
        .count();
  }
}
