package dev.cairn.memory;

import dev.cairn.store.BlobStore;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Opens the memory that a question reads. Landmarks are loaded and verified once and kept for later
 * questions, up to {@code cairn.memory.landmark-cache}; so are keys and values of the chunks that
 * were read, up to {@code cairn.memory.chunk-cache}. Safe for many threads.
 */
public final class ChunkMemories implements AutoCloseable {

  private final BlobStore store;

  private final float priorScale;

  private final SlabCache cache;

  private final ChunkTier tier;

  private final ScanThreads threads;

  private final ByteKernel kernel;

  /**
   * @param priorScale what a cosine of sentence landmarks is multiplied with
   */
  ChunkMemories(BlobStore store, MemorySettings settings, float priorScale) {
    this(store, settings, priorScale, ByteKernel.fastest());
  }

  ChunkMemories(BlobStore store, MemorySettings settings, float priorScale, ByteKernel kernel) {
    this(
        store,
        settings.landmarkCache().toBytes(),
        settings.chunkCache().toBytes(),
        settings.scanThreads(),
        priorScale,
        kernel);
  }

  /**
   * @param landmarkBytes how much memory outside the heap keeps landmarks between questions
   * @param chunkBytes how much memory outside the heap keeps keys and values
   * @param scanThreads threads that share a scan
   * @param priorScale what a cosine of sentence landmarks is multiplied with
   */
  public ChunkMemories(
      BlobStore store, long landmarkBytes, long chunkBytes, int scanThreads, float priorScale) {
    this(store, landmarkBytes, chunkBytes, scanThreads, priorScale, ByteKernel.fastest());
  }

  private ChunkMemories(
      BlobStore store,
      long landmarkBytes,
      long chunkBytes,
      int scanThreads,
      float priorScale,
      ByteKernel kernel) {
    this.store = store;
    this.priorScale = priorScale;
    this.cache = new SlabCache(store, landmarkBytes);
    this.tier = new ChunkTier(chunkBytes);
    this.threads = new ScanThreads(scanThreads);
    this.kernel = kernel;
  }

  /**
   * A memory of the documents' chunks in the given order; a document that is given twice counts
   * once, at its first place.
   *
   * @param documents encoded under the loaded fingerprint
   * @param questionEmbedding centred, of length 1, or null for no prior
   * @throws UnreadableSegmentException when a segment is damaged or cannot be read
   */
  public QuestionMemory open(
      List<VisibleDocument> documents, float @Nullable [] questionEmbedding) {
    HeldSlabs slabs = new HeldSlabs(cache);
    try {
      Set<UUID> seen = new HashSet<>();
      documents.stream().filter(each -> seen.add(each.documentId())).forEach(slabs::add);
      LandmarkScan scan = scan(slabs, questionEmbedding);
      return new QuestionMemory(slabs, scan, new OpenSegments(store), tier);
    } catch (RuntimeException e) {
      slabs.close();
      throw e;
    }
  }

  private LandmarkScan scan(HeldSlabs slabs, float @Nullable [] questionEmbedding) {
    return new LandmarkScan(slabs.all(), prior(slabs, questionEmbedding), threads, kernel);
  }

  private float @Nullable [] prior(HeldSlabs slabs, float @Nullable [] questionEmbedding) {
    return questionEmbedding == null
        ? null
        : new SentencePrior(questionEmbedding, priorScale, kernel).of(slabs.all(), threads);
  }

  /** The segments of which anything is kept between questions. */
  Set<UUID> segments() {
    Set<UUID> segments = new HashSet<>(cache.segments());
    segments.addAll(tier.segments());
    return segments;
  }

  /** Lets go of all that is kept of these segments; running questions keep what they hold. */
  void forget(Collection<UUID> segmentIds) {
    cache.forget(segmentIds);
    tier.forget(segmentIds);
  }

  /** Lets go of all chunks, so that the next question reads them from the disk. */
  public void clearChunks() {
    tier.clear();
  }

  ChunkTier tier() {
    return tier;
  }

  @Override
  public void close() {
    cache.close();
    tier.close();
    threads.close();
  }
}
