package dev.cairn.segment;

import dev.cairn.store.BlobReader;
import dev.cairn.tokenizer.Tokens;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads single chunks of a segment by position. Checksums are taken of what was read, never of the
 * file: it may change in between.
 */
public final class SegmentChunks implements Closeable {

  private final BlobReader reader;

  private final SegmentIndex index;

  public SegmentChunks(BlobReader reader, SegmentIndex index) {
    this.reader = reader;
    this.index = index;
  }

  /**
   * Keys and values of chunks, each with the scales of version 2 behind its numbers: {@link
   * SegmentShape#chunkBytes()}. One read fetches the numbers of all, and one the scales, with what
   * lies between them.
   *
   * @param chunks ascending, at least one
   * @return one of each
   * @throws SegmentCorruptException when one is damaged
   */
  public List<ByteBuffer> readKeysValues(int... chunks) throws IOException {
    List<ByteBuffer> read = rows(SegmentPart.KEYS_VALUES, chunks);
    if (SegmentPart.FINE_SCALE.isIn(index.shape())) {
      read = joined(read, rows(SegmentPart.FINE_SCALE, chunks));
    }
    for (int i = 0; i < chunks.length; i++) {
      check(index.isIntact(chunks[i], read.get(i)), "the keys and values", chunks[i]);
    }
    return read;
  }

  private List<ByteBuffer> rows(SegmentPart part, int... chunks) throws IOException {
    int length = (int) part.rowBytes(index.shape());
    int first = chunks[0];
    ByteBuffer span = ByteBuffer.allocate((chunks[chunks.length - 1] + 1 - first) * length);
    fill(part, first, span);
    return Arrays.stream(chunks)
        .mapToObj(chunk -> span.slice((chunk - first) * length, length))
        .toList();
  }

  private List<ByteBuffer> joined(List<ByteBuffer> numbers, List<ByteBuffer> scales) {
    List<ByteBuffer> joined = new ArrayList<>(numbers.size());
    for (int i = 0; i < numbers.size(); i++) {
      ByteBuffer both = ByteBuffer.allocate(index.shape().chunkBytes());
      joined.add(both.put(numbers.get(i)).put(scales.get(i)).flip());
    }
    return joined;
  }

  /**
   * The tokens of a chunk and their characters.
   *
   * @throws SegmentCorruptException when they are damaged
   */
  public Tokens readTokens(int chunk) throws IOException {
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

  private void fill(SegmentPart part, int firstChunk, ByteBuffer rows) throws IOException {
    try {
      reader.readFully(index.header().offset(part, firstChunk), rows);
    } catch (EOFException e) {
      throw new SegmentCorruptException(
          "the file ends inside of chunk %d or soon after".formatted(firstChunk), e);
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
