package dev.cairn.text;

import dev.cairn.catalogue.BlobKeys;
import dev.cairn.catalogue.Document;
import dev.cairn.store.BlobReader;
import dev.cairn.store.BlobStore;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The extracted text of one document, read by ranges of Unicode code points. A range costs the same
 * wherever it lies: at most the range itself and 65,536 code points on either side are read, so one
 * read holds at most 3 MB of heap. Safe for many threads.
 */
public final class DocumentText implements Closeable {

  /** The most code points of one read. */
  public static final int MAX_RANGE = 100_000;

  private final TextIndex index;
  private final BlobReader text;

  private DocumentText(TextIndex index, BlobReader text) {
    this.index = index;
    this.text = text;
  }

  /**
   * @throws dev.cairn.store.BlobMissingException when there is no text, or it was deleted
   * @throws IOException when its index is damaged
   */
  public static DocumentText open(BlobStore store, Document document) throws IOException {
    try (BlobReader index = store.open(BlobKeys.textIndex(document))) {
      return new DocumentText(TextIndex.read(index), store.open(BlobKeys.text(document)));
    }
  }

  /** Code points. */
  public long length() {
    return index.characters();
  }

  /**
   * The code points of a half-open range.
   *
   * @throws IndexOutOfBoundsException when the range does not lie in the text
   * @throws IllegalArgumentException when it is longer than {@link #MAX_RANGE}
   */
  public String read(long from, long to) throws IOException {
    Objects.checkFromToIndex(from, to, length());
    if (to - from > MAX_RANGE) {
      throw new IllegalArgumentException("a range may have at most " + MAX_RANGE + " characters");
    }
    long firstStep = from / TextIndex.STEP;
    long afterLastStep = Math.ceilDiv(to, TextIndex.STEP);
    String around = decode(index.start(firstStep), index.start(afterLastStep));
    int begin = around.offsetByCodePoints(0, (int) (from - firstStep * TextIndex.STEP));
    return around.substring(begin, around.offsetByCodePoints(begin, (int) (to - from)));
  }

  private String decode(long fromByte, long toByte) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, toByte - fromByte));
    text.readFully(fromByte, bytes);
    return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
