package dev.cairn.ingest;

import dev.cairn.store.StagedBlob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Copies bytes and computes their SHA-256 on the way, in one buffer of heap. */
final class HashBytes {

  private HashBytes() {}

  /** Returns the digest in lower-case hex. Closes the source. */
  static String copy(InputStream source, StagedBlob target) throws IOException {
    try (DigestInputStream hashed = new DigestInputStream(source, sha256())) {
      hashed.transferTo(Channels.newOutputStream(target));
      return HexFormat.of().formatHex(hashed.getMessageDigest().digest());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
