package dev.cairn.bench;

import dev.cairn.model.DocumentEncoder;
import dev.cairn.model.KvFormat;
import dev.cairn.segment.SegmentManifest;
import dev.cairn.segment.SegmentWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a few blocks of a text and lays copies of them into as many made-up documents as are
 * wanted: what is scanned, read and attended to is of the real size and form.
 */
final class Library {

  /** So many are encoded, however many are wanted. */
  private static final int MOST_TOKENS = 8_192;

  private final BenchModel model;

  private final KvFormat stored;

  private final List<EncodedBlock> blocks = new ArrayList<>();

  /**
   * @param text null for the bundled one
   * @param most the most tokens that will be wanted
   */
  Library(BenchModel model, @Nullable Path text, long most, KvFormat stored) throws IOException {
    this.model = model;
    this.stored = stored;
    try (DocumentEncoder encoder = model.model().encoder()) {
      int length = encoder.blockTokens();
      int count = (int) Math.ceilDiv(Math.min(most, MOST_TOKENS), length);
      int[] tokens = model.tokens(text, count, length);
      for (int i = 0; i < count; i++) {
        int[] ids = Arrays.copyOfRange(tokens, i * length, (i + 1) * length);
        blocks.add(EncodedBlock.of(model, encoder, ids));
      }
    }
  }

  /** Adds documents until so many tokens are on the shelf. */
  void fill(Shelf shelf, long tokens) throws IOException {
    int chunkSize = model.model().form().chunk().size();
    int wanted = Math.toIntExact(Math.ceilDiv(tokens, chunkSize));
    while (shelf.chunks() < wanted) {
      int room = wanted - shelf.chunks();
      int count = Math.clamp(room / blockChunks(), 1, segmentBlocks());
      shelf.add(
          model.fingerprint(stored).sha256(),
          (blob, identity) ->
              write(
                  new SegmentWriter(blob, identity, model.shape(count * blockChunks(), stored)),
                  count));
    }
  }

  private int blockChunks() {
    return blocks.getFirst().chunks().chunks();
  }

  private int segmentBlocks() {
    return model.fingerprint(stored).chunksPerStretch() / blockChunks();
  }

  private SegmentManifest write(SegmentWriter segment, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      blocks.get(i % blocks.size()).appendTo(segment);
    }
    return segment.finish();
  }
}
