package dev.cairn.recall;

import dev.cairn.catalogue.VisibleDocument;
import dev.cairn.kernel.ScanKernel;
import dev.cairn.store.BlobStore;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Opens the memory that a question reads. Landmarks are loaded and verified once and kept for later
 * questions, up to {@code cairn.memory.landmark-cache}; so are keys and values of the chunks that
 * were read, up to {@code cairn.memory.chunk-cache}. Safe for many threads.
 */
public final class QuestionMemories implements AutoCloseable {

  private final BlobStore store;
  private final @Nullable LexicalPrior lexical;
  private final PriorScales scales;
  private final SlabCache cache;
  private final ChunkTier tier;
  private final ScanThreads threads;
  private final ScanKernel kernel;

  /**
   * Nothing is loaded yet.
   *
   * @param lexical null when no question asks for words
   */
  public QuestionMemories(
      BlobStore store,
      RecallSettings settings,
      @Nullable LexicalPrior lexical,
      PriorScales scales,
      ScanKernel kernel) {
    this.store = store;
    this.lexical = lexical;
    this.scales = scales;
    this.cache = new SlabCache(store, settings.landmarkCache().toBytes());
    this.tier = new ChunkTier(settings.chunkCache().toBytes());
    this.threads = new ScanThreads(settings.scanThreads());
    this.kernel = kernel;
  }

  /**
   * A memory of the documents' chunks in the given order; a document that is given twice counts
   * once, at its first place.
   *
   * @param documents encoded under the loaded fingerprint
   * @throws UnreadableSegmentException when a segment is damaged or cannot be read
   */
  public QuestionMemory open(List<VisibleDocument> documents, PriorQuery query) {
    HeldSlabs slabs = new HeldSlabs(cache);
    try {
      Set<UUID> seen = new HashSet<>();
      documents.stream().filter(each -> seen.add(each.documentId())).forEach(slabs::add);
      Priors priors = priors(slabs.all(), query);
      LandmarkScan scan = new LandmarkScan(slabs.all(), priors.sum(scales), threads, kernel);
      return new QuestionMemory(slabs, scan, priors, new OpenSegments(store), tier);
    } catch (RuntimeException e) {
      slabs.close();
      throw e;
    }
  }

  private Priors priors(List<PlacedSlab> slabs, PriorQuery query) {
    float[] embedding = query.embedding();
    String words = query.words();
    return new Priors(
        embedding == null ? null : new SentenceCosines(embedding, kernel).of(slabs, threads),
        words == null ? null : Objects.requireNonNull(lexical, "no index").of(slabs, words));
  }

  /** The segments of which anything is kept between questions. */
  Set<UUID> segments() {
    Set<UUID> segments = new HashSet<>(cache.segments());
    segments.addAll(tier.segments());
    if (lexical != null) {
      segments.addAll(lexical.segments());
    }
    return segments;
  }

  /** Lets go of all that is kept of these segments; running questions keep what they hold. */
  void forget(Collection<UUID> segmentIds) {
    cache.forget(segmentIds);
    tier.forget(segmentIds);
    if (lexical != null) {
      lexical.forget(segmentIds);
    }
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
