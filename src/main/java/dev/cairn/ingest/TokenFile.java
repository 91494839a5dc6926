package dev.cairn.ingest;

import dev.cairn.store.BlobReader;
import dev.cairn.store.BlobStore;
import dev.cairn.tokenizer.Tokens;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The tokens of a document, read by ranges. Each token takes 16 bytes, big-endian: id (I32), first
 * code point (I64), code points (I32). Safe for many threads.
 */
final class TokenFile implements Closeable {

  static final int TOKEN_BYTES = Integer.BYTES + Long.BYTES + Integer.BYTES;

  private final BlobReader blob;

  private TokenFile(BlobReader blob) {
    this.blob = blob;
  }

  static TokenFile open(BlobStore store, String key) throws IOException {
    return new TokenFile(store.open(key));
  }

  long count() {
    return blob.length() / TOKEN_BYTES;
  }

  /**
   * @throws java.io.EOFException when there are not so many
   */
  Tokens read(long first, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count * TOKEN_BYTES);
    blob.readFully(first * TOKEN_BYTES, bytes);
    bytes.flip();
    Tokens tokens = new Tokens(new int[count], new long[count], new int[count]);
    for (int i = 0; i < count; i++) {
      tokens.ids()[i] = bytes.getInt();
      tokens.charStart()[i] = bytes.getLong();
      tokens.charLength()[i] = bytes.getInt();
    }
    return tokens;
  }

  @Override
  public void close() throws IOException {
    blob.close();
  }
}
