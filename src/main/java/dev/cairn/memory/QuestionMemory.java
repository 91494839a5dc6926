package dev.cairn.memory;

import dev.cairn.model.ChunkMemory;
import dev.cairn.model.Selection;
import dev.cairn.model.StoredChunk;
import dev.cairn.store.BlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The chunks that one question reads: landmarks in memory, keys and values by position from the
 * store, each checked as it is read. Used by one thread at a time; holds memory and open files
 * until closed.
 */
public final class QuestionMemory implements ChunkMemory, AutoCloseable {

  private final BlobStore store;

  private final HeldSlabs slabs;

  private final LandmarkScan scan;

  private final Map<UUID, SegmentChunks> openSegments = new HashMap<>();

  private long bytesRead;

  QuestionMemory(BlobStore store, HeldSlabs slabs, LandmarkScan scan) {
    this.store = store;
    this.slabs = slabs;
    this.scan = scan;
  }

  @Override
  public int size() {
    return slabs.size();
  }

  @Override
  public Selection[] select(float[][] queries, int k) {
    return scan.select(queries, k);
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnreadableSegmentException when a chunk cannot be read or is damaged
   */
  @Override
  public StoredChunk[] hold(int[] chunks) {
    return Arrays.stream(chunks).mapToObj(this::read).toArray(StoredChunk[]::new);
  }

  private StoredChunk read(int chunk) {
    byte[] keysValues = new byte[slabs.of(chunk).slab().index().shape().chunkBytes()];
    ByteBuffer target = ByteBuffer.wrap(keysValues);
    int valid = fromSegment(chunk, (chunks, row) -> chunks.readKeysValues(row, target));
    bytesRead += keysValues.length;
    return new OwnChunk(MemorySegment.ofArray(keysValues), valid);
  }

  /** The prior of a chunk, 0 when there is none. */
  public float prior(int chunk) {
    return scan.prior(chunk);
  }

  /**
   * Where a chunk stands and which tokens it holds.
   *
   * @throws UnreadableSegmentException when they cannot be read or are damaged
   */
  public ChunkPlace place(int chunk) {
    PlacedSlab slab = slabs.of(chunk);
    return new ChunkPlace(
        slab.document().documentId(),
        slab.document().title(),
        slab.firstInDocument() + chunk - slab.firstChunk(),
        fromSegment(chunk, SegmentChunks::readTokens));
  }

  /** What it cost so far. */
  public MemoryUse use() {
    return new MemoryUse(bytesRead, slabs.loadedBytes());
  }

  private interface ChunkRead<T> {
    T read(SegmentChunks chunks, int row) throws IOException;
  }

  private <T> T fromSegment(int chunk, ChunkRead<T> read) {
    PlacedSlab slab = slabs.of(chunk);
    try {
      return read.read(open(slab), chunk - slab.firstChunk());
    } catch (IOException | SegmentException e) {
      throw new UnreadableSegmentException(slab.document(), slab.segment(), e);
    }
  }

  private SegmentChunks open(PlacedSlab slab) throws IOException {
    UUID id = slab.segment().segmentId();
    SegmentChunks chunks = openSegments.get(id);
    if (chunks == null) {
      chunks = new SegmentChunks(store.open(slab.segment().blobKey()), slab.slab().index());
      openSegments.put(id, chunks);
    }
    return chunks;
  }

  @Override
  public void close() {
    slabs.close();
    for (SegmentChunks chunks : openSegments.values()) {
      try {
        chunks.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    openSegments.clear();
  }
}
