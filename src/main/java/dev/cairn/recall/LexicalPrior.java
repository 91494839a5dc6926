package dev.cairn.recall;

import dev.cairn.catalogue.VisibleDocument;
import dev.cairn.lexical.IndexedSegment;
import dev.cairn.lexical.LexicalIndexes;
import dev.cairn.segment.SegmentException;
import dev.cairn.segment.SegmentFile;
import dev.cairn.segment.SegmentPart;
import dev.cairn.segment.SegmentRef;
import dev.cairn.store.BlobStore;
import dev.cairn.tokenizer.TextTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * What the words of chunks say of a question. A chunk's text is that of its tokens, so the indexes
 * can always be made anew from what is stored.
 */
public final class LexicalPrior implements AutoCloseable {

  private final LexicalIndexes indexes;

  private final BlobStore store;

  private final TextTokenizer tokenizer;

  public LexicalPrior(LexicalIndexes indexes, BlobStore store, TextTokenizer tokenizer) {
    this.indexes = indexes;
    this.store = store;
    this.tokenizer = tokenizer;
  }

  /**
   * A score from 0 to 1 for each chunk.
   *
   * @throws UnreadableSegmentException when a segment that is not indexed yet cannot be read
   */
  float[] of(List<PlacedSlab> slabs, String question) {
    return indexes.score(slabs.stream().map(this::indexed).toList(), question);
  }

  private IndexedSegment indexed(PlacedSlab slab) {
    SegmentRef segment = slab.segment();
    return new IndexedSegment(
        segment.segmentId(), segment.chunks(), () -> texts(slab.document(), segment));
  }

  private List<String> texts(VisibleDocument document, SegmentRef segment) {
    try {
      return texts(segment);
    } catch (SegmentException e) {
      throw new UnreadableSegmentException(document, segment, e);
    } catch (UncheckedIOException e) {
      throw new UnreadableSegmentException(document, segment, Objects.requireNonNull(e.getCause()));
    }
  }

  /**
   * Makes the segment's index when there is none.
   *
   * @throws SegmentException when it is damaged
   * @throws UncheckedIOException when it cannot be read
   */
  void index(SegmentRef segment) {
    if (!indexes.contains(segment.segmentId())) {
      indexes.index(
          new IndexedSegment(segment.segmentId(), segment.chunks(), () -> texts(segment)));
    }
  }

  private List<String> texts(SegmentRef segment) {
    try (SegmentFile file = SegmentFile.open(store.open(segment.blobKey()), segment)) {
      List<String> texts = new ArrayList<>();
      for (int chunk = 0; chunk < segment.chunks(); chunk++) {
        texts.add(text(file, chunk));
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text(SegmentFile file, int chunk) {
    int[] ids = new int[file.index().validTokens(chunk)];
    ByteBuffer tokens = file.tables().row(SegmentPart.TOKENS, chunk);
    tokens.asIntBuffer().get(ids);
    return tokenizer.decode(ids);
  }

  Set<UUID> segments() {
    return indexes.segments();
  }

  void forget(Collection<UUID> segments) {
    indexes.forget(segments);
  }

  @Override
  public void close() {
    indexes.close();
  }
}
