package dev.cairn.lexical;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiReader;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of all segments, each made when it is first needed and kept in a folder. Several are
 * searched as one, so that a word is as rare as it is in what one question may read: no other
 * document changes a score. Safe for many threads.
 */
public final class LexicalIndexes implements AutoCloseable {

  private final Path folder;

  private final Analyzer analyzer = new EnglishAnalyzer();

  private final LoadingCache<SegmentKey, DirectoryReader> readers;

  /** Equal by the segment's id. */
  private record SegmentKey(UUID id, IndexedSegment segment) {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof SegmentKey key && key.id.equals(id);
    }

    @Override
    public int hashCode() {
      return id.hashCode();
    }
  }

  /**
   * @param folder for nothing else
   * @param open indexes that are kept open between questions, at most
   */
  public LexicalIndexes(Path folder, int open) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.readers =
        Caffeine.newBuilder()
            .maximumSize(open)
            .executor(Runnable::run)
            .removalListener(LexicalIndexes::letGo)
            .build(key -> folder(key.id()).open(key.segment()));
  }

  private static void letGo(
      @Nullable SegmentKey key, @Nullable DirectoryReader reader, RemovalCause cause) {
    if (reader != null) {
      release(reader);
    }
  }

  private static void release(IndexReader reader) {
    try {
      reader.decRef();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SegmentIndexFolder folder(UUID id) {
    return new SegmentIndexFolder(folder.resolve(id.toString()), analyzer);
  }

  /** Whether the segment has an index. */
  public boolean contains(UUID segment) {
    try {
      return folder(segment).exists();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes the segment's index when there is none.
   *
   * @throws RuntimeException what reading its texts threw
   */
  public void index(IndexedSegment segment) {
    release(hold(segment));
  }

  private DirectoryReader hold(IndexedSegment segment) {
    while (true) {
      DirectoryReader reader = readers.get(new SegmentKey(segment.id(), segment));
      if (reader.tryIncRef()) {
        return reader;
      }
    }
  }

  /**
   * How well each chunk's words fit a question's: BM25 over the bound that it stays below, the sum
   * of the words' weights. Near 1 for a short chunk that repeats all of them, 0 for one without
   * any; a word that no chunk holds makes all scores lower. Segments without an index get one.
   *
   * @param question any text; none of its characters has a meaning
   * @return (chunks of all segments, in order)
   * @throws RuntimeException what reading the texts of a segment threw
   */
  public float[] score(List<IndexedSegment> segments, String question) {
    List<DirectoryReader> held = new ArrayList<>();
    try {
      segments.forEach(segment -> held.add(hold(segment)));
      try (MultiReader all = new MultiReader(held.toArray(IndexReader[]::new), false)) {
        return new WordScores(all, analyzer).of(question);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      held.forEach(LexicalIndexes::release);
    }
  }

  /** The segments that have an index. */
  public Set<UUID> segments() {
    try (Stream<Path> entries = Files.list(folder)) {
      Set<UUID> segments = new HashSet<>();
      entries.map(entry -> UUID.fromString(entry.getFileName().toString())).forEach(segments::add);
      return segments;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes the segments' indexes; running questions keep what they hold. */
  public void forget(Collection<UUID> segments) {
    for (UUID id : segments) {
      readers.asMap().keySet().removeIf(key -> key.id().equals(id));
      folder(id).delete();
    }
  }

  @Override
  public void close() {
    readers.invalidateAll();
    analyzer.close();
  }
}
