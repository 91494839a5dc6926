package dev.cairn.recall;

import dev.cairn.model.StoredChunk;
import dev.cairn.segment.SegmentIndex;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the chunks that one question reads: those of the RAM tier as they are, the others read from
 * the store in the order in which they lie there, near ones by one read. Chunks for which the tier
 * has no slot lie on the heap until they are closed, so what that takes is bounded by what one step
 * of the model reads. Used by one thread.
 */
final class HoldChunks {

  /** Chunks between two that are wanted, which are read along rather than begin another read. */
  private static final int GAP_CHUNKS = 1;

  /** Reading more than this along takes longer than another read. */
  private static final int GAP_BYTES = 64 << 10;

  /** Of one read, unless a single chunk is larger. */
  private static final int READ_BYTES = 4 << 20;

  private final ChunkTier tier;

  private final HeldSlabs slabs;

  private final OpenSegments segments;

  private final BitSet seen = new BitSet();

  private final Count ram = new Count();

  private final Count disk = new Count();

  HoldChunks(ChunkTier tier, HeldSlabs slabs, OpenSegments segments) {
    this.tier = tier;
    this.slabs = slabs;
    this.segments = segments;
  }

  private static final class Count {
    private int distinct;
    private long holds;
    private long bytes;

    ChunkReads.Tier toTier() {
      return new ChunkReads.Tier(distinct, holds, bytes);
    }
  }

  /** Where a chunk lies. */
  private record Row(PlacedSlab slab, int number) {

    ChunkKey key() {
      return new ChunkKey(slab.segment().segmentId(), number);
    }

    /** The chunk in what was read of it. */
    ReadChunk in(MemorySegment read) {
      SegmentIndex index = slab.slab().index();
      return new ReadChunk(
          key(),
          index.numbers(read),
          index.scales(number, read),
          index.shape().layout(),
          index.validTokens(number));
    }
  }

  /** A chunk that is to be read, and the place of the result that it goes to. */
  private record Wanted(int chunk, int place) {}

  /**
   * @param chunks each once
   * @throws UnreadableSegmentException when one cannot be read or is damaged; none is held then
   */
  StoredChunk[] hold(int[] chunks) {
    StoredChunk[] held = new StoredChunk[chunks.length];
    try {
      runs(holdPresent(chunks, held)).forEach(run -> read(run, held));
      return held;
    } catch (RuntimeException | Error e) {
      closeAll(held);
      throw e;
    }
  }

  private static void closeAll(@Nullable StoredChunk[] held) {
    for (StoredChunk chunk : held) {
      if (chunk != null) {
        chunk.close();
      }
    }
  }

  /** Returns those that are not in the tier, in the order of the store. */
  private List<Wanted> holdPresent(int[] chunks, StoredChunk[] held) {
    List<Wanted> missing = new ArrayList<>();
    for (int place = 0; place < chunks.length; place++) {
      ChunkSlot slot = tier.find(row(chunks[place]).key());
      if (slot == null) {
        missing.add(new Wanted(chunks[place], place));
      } else {
        held[place] = held(chunks[place], slot);
        ram.bytes += slot.memory().byteSize();
        count(ram, chunks[place]);
      }
    }
    missing.sort(Comparator.comparingInt(Wanted::chunk));
    return missing;
  }

  private StoredChunk held(int chunk, ChunkSlot slot) {
    return new SlotChunk(tier, slot, row(chunk).in(slot.memory()));
  }

  private Row row(int chunk) {
    PlacedSlab slab = slabs.of(chunk);
    return new Row(slab, chunk - slab.firstChunk());
  }

  private void count(Count count, int chunk) {
    count.holds++;
    if (!seen.get(chunk)) {
      seen.set(chunk);
      count.distinct++;
    }
  }

  /** Chunks of one segment so near each other that one read fetches them. */
  private List<List<Wanted>> runs(List<Wanted> missing) {
    List<List<Wanted>> runs = new ArrayList<>();
    for (Wanted next : missing) {
      if (runs.isEmpty() || !isNear(runs.getLast(), next.chunk())) {
        runs.add(new ArrayList<>());
      }
      runs.getLast().add(next);
    }
    return runs;
  }

  private boolean isNear(List<Wanted> run, int chunk) {
    PlacedSlab slab = slabs.of(run.getFirst().chunk());
    long bytes = (chunk + 1L - run.getFirst().chunk()) * chunkBytes(slab);
    int gapChunks = chunkBytes(slab) <= GAP_BYTES ? GAP_CHUNKS : 0;
    return chunk < slab.endChunk()
        && chunk - run.getLast().chunk() <= 1 + gapChunks
        && bytes <= READ_BYTES;
  }

  private static int chunkBytes(PlacedSlab slab) {
    return slab.slab().index().shape().chunkBytes();
  }

  private void read(List<Wanted> run, StoredChunk[] held) {
    PlacedSlab slab = slabs.of(run.getFirst().chunk());
    int[] rows = run.stream().mapToInt(each -> each.chunk() - slab.firstChunk()).toArray();
    List<ByteBuffer> read = segments.read(slab, chunks -> chunks.readKeysValues(rows));
    disk.bytes += (1L + rows[rows.length - 1] - rows[0]) * chunkBytes(slab);
    for (int i = 0; i < rows.length; i++) {
      Wanted wanted = run.get(i);
      held[wanted.place()] = keep(wanted.chunk(), read.get(i));
      count(disk, wanted.chunk());
    }
  }

  private StoredChunk keep(int chunk, ByteBuffer keysValues) {
    ChunkSlot slot = tier.keep(row(chunk).key(), keysValues);
    return slot == null ? row(chunk).in(MemorySegment.ofBuffer(keysValues)) : held(chunk, slot);
  }

  ChunkReads use() {
    return new ChunkReads(ram.toTier(), disk.toTier(), slabs.loadedBytes());
  }
}
