package dev.cairn.segment;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC32C (RFC 3720, appendix B.4) of bytes that lie in several places. */
final class Crc32c {

  private Crc32c() {}

  /** Leaves the buffers' positions as they are. */
  static int of(ByteBuffer... pieces) {
    CRC32C crc = new CRC32C();
    for (ByteBuffer piece : pieces) {
      crc.update(piece.duplicate());
    }
    return (int) crc.getValue();
  }
}
