package dev.cairn.text;

import dev.cairn.store.BlobReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * At which byte of a UTF-8 text every 65,536th code point begins. Stored big-endian: {@code
 * CAIRNIDX}, version (I32), characters (I64), bytes (I64), the starts (I64 each, the first is 0),
 * CRC32C of all that (I32).
 *
 * @param characters code points of the text
 * @param bytes of the text
 * @param starts of the code points 0, 65,536, 131,072 and so on
 */
record TextIndex(long characters, long bytes, long[] starts) {

  /** Code points from one entry to the next. */
  static final int STEP = 65_536;

  private static final long MAGIC = 0x434149524e494458L;
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 3 * Long.BYTES + Integer.BYTES;

  /** The byte at which the code point {@code step * STEP} begins, or the end of the text. */
  long start(long step) {
    return step < starts.length ? starts[(int) step] : bytes;
  }

  ByteBuffer toBytes() {
    ByteBuffer file =
        ByteBuffer.allocate(HEADER_BYTES + starts.length * Long.BYTES + Integer.BYTES);
    file.putLong(MAGIC).putInt(VERSION).putLong(characters).putLong(bytes);
    for (long start : starts) {
      file.putLong(start);
    }
    file.putInt(checksum(file.duplicate().flip()));
    return file.flip();
  }

  /**
   * @throws IOException when it is damaged or of another version
   */
  static TextIndex read(BlobReader blob) throws IOException {
    if (blob.length() < HEADER_BYTES + Integer.BYTES || blob.length() > Integer.MAX_VALUE) {
      throw new IOException("a text index cannot have " + blob.length() + " bytes");
    }
    ByteBuffer file = ByteBuffer.allocate((int) blob.length());
    blob.readFully(0, file);
    return parse(file.flip());
  }

  private static TextIndex parse(ByteBuffer file) throws IOException {
    int body = file.limit() - Integer.BYTES;
    check(file.getInt(body) == checksum(file.duplicate().limit(body)), "is damaged");
    check(file.getLong() == MAGIC, "does not begin like one");
    check(file.getInt() == VERSION, "has another version");
    long characters = file.getLong();
    long bytes = file.getLong();
    long[] starts = new long[(body - HEADER_BYTES) / Long.BYTES];
    file.asLongBuffer().get(starts);
    return new TextIndex(characters, bytes, starts);
  }

  private static void check(boolean holds, String fault) throws IOException {
    if (!holds) {
      throw new IOException("the text index " + fault);
    }
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
