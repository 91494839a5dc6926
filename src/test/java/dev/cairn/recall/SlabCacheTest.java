package dev.cairn.recall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.kernel.ByteRows;
import dev.cairn.kernel.Kernel;
import dev.cairn.kernel.ScanKernel;
import dev.cairn.model.ChunkForm;
import dev.cairn.model.KvFormat;
import dev.cairn.model.StoredChunk;
import dev.cairn.segment.SegmentRef;
import dev.cairn.segment.SegmentShape;
import dev.cairn.store.LocalBlobStore;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class SlabCacheTest {

  private static final SegmentShape SHAPE =
      new SegmentShape(1, new ChunkForm(2, 1, 1, 2, 8), 0, KvFormat.BF16);

  /** Landmarks of ten chunks. */
  private static final int STORED_BYTES = 10 * 8 * Short.BYTES;

  /** The same and, in eight bits, one block of rows and their scales. */
  private static final int SLAB_BYTES = STORED_BYTES + ByteRows.BLOCK * (8 + Float.BYTES);

  @TempDir private Path folder;

  private LocalBlobStore store;

  private final List<StoredDocument> documents = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    store = new LocalBlobStore(folder);
    for (int i = 0; i < 6; i++) {
      documents.add(StoredDocument.store(store, SHAPE, 10, i));
    }
  }

  private SegmentRef segment(int document) {
    return documents.get(document).segment(0);
  }

  private static boolean isFreed(SegmentSlab slab) {
    return !slab.quantized().numbers().scope().isAlive();
  }

  @Test
  void aSlabIsLoadedOnceAndShared() {
    try (SlabCache cache = new SlabCache(store, 10 * SLAB_BYTES)) {
      SlabCache.Held first = cache.hold(segment(0));
      SlabCache.Held second = cache.hold(segment(0));
      assertThat(first.loadedBytes()).isEqualTo(STORED_BYTES);
      assertThat(second.loadedBytes()).isZero();
      assertThat(second.slab()).isSameAs(first.slab());
      first.slab().release();
      second.slab().release();
      assertThat(isFreed(first.slab())).isFalse();
    }
  }

  @Test
  void aSlabInUseOutlivesItsEvictionAndIsFreedByItsLastHolder() {
    try (SlabCache cache = new SlabCache(store, SLAB_BYTES)) {
      List<SegmentSlab> held = new ArrayList<>();
      for (int i = 0; i < documents.size(); i++) {
        held.add(cache.hold(segment(i)).slab());
      }
      assertThat(held).noneMatch(SlabCacheTest::isFreed);
      held.forEach(SegmentSlab::release);
      assertThat(held).filteredOn(slab -> !isFreed(slab)).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void aCacheWithoutRoomStillGivesSlabs() {
    try (SlabCache cache = new SlabCache(store, 0)) {
      SegmentSlab slab = cache.hold(segment(0)).slab();
      assertThat(isFreed(slab)).isFalse();
      slab.release();
      assertThat(isFreed(slab)).isTrue();
    }
  }

  @Test
  void closingTheCacheFreesWhatNobodyHolds() {
    SlabCache cache = new SlabCache(store, 10 * SLAB_BYTES);
    SegmentSlab idle = cache.hold(segment(0)).slab();
    SegmentSlab used = cache.hold(segment(1)).slab();
    idle.release();
    cache.close();
    assertThat(isFreed(idle)).isTrue();
    assertThat(isFreed(used)).isFalse();
    used.release();
    assertThat(isFreed(used)).isTrue();
  }

  @Test
  void manyQuestionsUnderConstantEvictionReadTheRightBytes() throws Exception {
    RecallSettings settings =
        RecallSettings.of(
            DataSize.ofBytes(2 * SLAB_BYTES), DataSize.ofBytes(16L * SHAPE.chunkBytes()), 2);
    try (QuestionMemories memories =
            new QuestionMemories(
                store, settings, null, new PriorScales(0, 0), ScanKernel.fastest());
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      Callable<Integer> questions = () -> ask(memories, 200);
      assertThat(threads.invokeAll(Collections.nCopies(8, questions)))
          .extracting(Future::resultNow)
          .containsOnly(0);
    }
  }

  /** Asks about random documents; returns how many answers were wrong. */
  private int ask(QuestionMemories memories, int times) {
    int wrong = 0;
    for (int i = 0; i < times; i++) {
      StoredDocument document = documents.get(ThreadLocalRandom.current().nextInt(6));
      int chunk = ThreadLocalRandom.current().nextInt(10);
      try (QuestionMemory memory = memories.open(List.of(document.document()), PriorQuery.NONE)) {
        boolean found = finds(memory, document.landmarks().get(chunk), document);
        wrong += found && reads(memory, chunk, document) ? 0 : 1;
      }
    }
    return wrong;
  }

  private static boolean reads(QuestionMemory memory, int chunk, StoredDocument document) {
    try (StoredChunk held = memory.hold(new int[] {chunk})[0]) {
      byte[] expected = document.contents().getFirst().keysValues(chunk);
      return held.keysValues().mismatch(MemorySegment.ofArray(expected)) < 0;
    }
  }

  /** The score of the best chunk for that query is the one that its landmark gives. */
  private static boolean finds(QuestionMemory memory, float[] query, StoredDocument document) {
    var best = memory.select(new float[][] {query}, 1)[0];
    float[] landmark = document.landmarks().get(best.chunks()[0]);
    float product = Kernel.scalar().dot(query, 0, landmark, 0, query.length);
    return best.scores()[0] == product * (float) (1 / Math.sqrt(8));
  }
}
