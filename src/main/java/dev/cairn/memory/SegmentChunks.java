package dev.cairn.memory;

import dev.cairn.model.Tokens;
import dev.cairn.store.BlobReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads single chunks of a segment by position. Checksums are taken of what was read, never of the
 * file: it may change in between.
 */
final class SegmentChunks implements Closeable {

  private final BlobReader reader;

  private final SegmentIndex index;

  SegmentChunks(BlobReader reader, SegmentIndex index) {
    this.reader = reader;
    this.index = index;
  }

  /**
   * Copies keys and values, BF16 (2, Hm, S, e), to the target's position and advances it.
   *
   * @return how many of the S tokens are valid
   * @throws SegmentCorruptException when they are damaged; the target's position stays
   */
  int readKeysValues(int chunk, ByteBuffer target) throws IOException {
    int length = index.shape().chunkBytes();
    ByteBuffer copy = target.slice(target.position(), length);
    fill(SegmentPart.KEYS_VALUES, chunk, copy);
    check(index.isIntact(chunk, copy.flip()), "the keys and values", chunk);
    target.position(target.position() + length);
    return index.validTokens(chunk);
  }

  /**
   * The tokens of a chunk and their characters.
   *
   * @throws SegmentCorruptException when they are damaged
   */
  Tokens readTokens(int chunk) throws IOException {
    ByteBuffer ids = read(SegmentPart.TOKENS, chunk);
    ByteBuffer starts = read(SegmentPart.CHAR_START, chunk);
    ByteBuffer lengths = read(SegmentPart.CHAR_LENGTH, chunk);
    check(index.isIntact(chunk, ids, starts, lengths), "the tokens", chunk);
    int count = index.validTokens(chunk);
    Tokens tokens = new Tokens(new int[count], new long[count], new int[count]);
    ids.asIntBuffer().get(tokens.ids());
    starts.asLongBuffer().get(tokens.charStart());
    lengths.asIntBuffer().get(tokens.charLength());
    return tokens;
  }

  private ByteBuffer read(SegmentPart part, int chunk) throws IOException {
    ByteBuffer row = ByteBuffer.allocate((int) part.rowBytes(index.shape()));
    fill(part, chunk, row);
    return row.flip().order(ByteOrder.LITTLE_ENDIAN);
  }

  private void fill(SegmentPart part, int chunk, ByteBuffer row) throws IOException {
    try {
      reader.readFully(index.header().offset(part, chunk), row);
    } catch (EOFException e) {
      throw new SegmentCorruptException("the file ends inside of chunk " + chunk, e);
    }
  }

  private static void check(boolean intact, String what, int chunk) {
    if (!intact) {
      throw new SegmentCorruptException(
          "%s of chunk %d or their checksum are damaged".formatted(what, chunk));
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
