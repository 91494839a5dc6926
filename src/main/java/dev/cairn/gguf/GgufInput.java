package dev.cairn.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The little-endian bytes of a header, from first to last. Every length is held against what is
 * left of the file before anything is allocated by it. Used by one thread.
 */
final class GgufInput {

  /** The longest header that is read. */
  static final int MAX_BYTES = 100_000_000;

  private static final int BUFFER_BYTES = 1 << 16;
  private static final char REPLACEMENT = '\uFFFD';

  private final Path file;
  private final FileChannel channel;
  private final long length;
  private ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  private long position;
  private String field = "the header";

  GgufInput(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.length = channel.size();
  }

  Path file() {
    return file;
  }

  /** Bytes of the whole file. */
  long length() {
    return length;
  }

  /** The next byte, counted from the start of the file. */
  long position() {
    return position;
  }

  /** What is read next, for messages. */
  void at(String field) {
    this.field = field;
  }

  /** Whether the next bytes are these; they are not passed. */
  boolean begins(byte[] expected) throws IOException {
    refill();
    return buffer
        .slice()
        .limit(Math.min(expected.length, buffer.remaining()))
        .equals(ByteBuffer.wrap(expected));
  }

  byte int8() throws IOException {
    return next(Byte.BYTES).get();
  }

  short int16() throws IOException {
    return next(Short.BYTES).getShort();
  }

  int int32() throws IOException {
    return next(Integer.BYTES).getInt();
  }

  long int64() throws IOException {
    return next(Long.BYTES).getLong();
  }

  /**
   * How many things of at least so many bytes each follow.
   *
   * @throws GgufException when that many are more than the rest of the file
   */
  int count(long bytesEach) throws IOException {
    long count = int64();
    if (count < 0 || count > Long.MAX_VALUE / bytesEach) {
      throw truncated(Long.toUnsignedString(count) + " times " + bytesEach);
    }
    require(count * bytesEach);
    return (int) count;
  }

  /** A string, behind its length of eight bytes. */
  String text() throws IOException {
    byte[] bytes = bytes(count(1));
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0
        && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
      throw malformed("it holds a string that is no UTF-8");
    }
    return text;
  }

  private byte[] bytes(int count) throws IOException {
    byte[] bytes = new byte[count];
    for (int done = 0; done < count; ) {
      int part = Math.min(count - done, BUFFER_BYTES);
      next(part).get(bytes, done, part);
      done += part;
    }
    return bytes;
  }

  /** The buffer with at least so many bytes, at most {@link #BUFFER_BYTES}. */
  private ByteBuffer next(int bytes) throws IOException {
    require(bytes);
    if (buffer.remaining() < bytes) {
      refill();
    }
    position += bytes;
    return buffer;
  }

  private void refill() throws IOException {
    buffer.compact();
    long from = position + buffer.position();
    while (buffer.hasRemaining() && from < length) {
      int read = channel.read(buffer, from);
      if (read < 0) {
        throw truncated(Integer.toString(buffer.capacity()));
      }
      from += read;
    }
    buffer.flip();
  }

  /**
   * @throws GgufException when so many bytes do not follow, or make the header too long
   */
  private void require(long bytes) {
    if (bytes > length - position) {
      throw truncated(Long.toString(bytes));
    }
    if (bytes > MAX_BYTES - position) {
      throw new GgufException(
          GgufException.Reason.HEADER_TOO_LARGE,
          "%s: with %s the header is longer than %d bytes".formatted(file, field, MAX_BYTES));
    }
  }

  private GgufException truncated(String expected) {
    return new GgufException(
        GgufException.Reason.TRUNCATED,
        "%s ends inside of %s: %s bytes expected from byte %d on, %d found"
            .formatted(file, field, expected, position, length - position));
  }

  GgufException malformed(String why) {
    return new GgufException(
        GgufException.Reason.MALFORMED, "%s cannot be read at %s: %s".formatted(file, field, why));
  }
}
