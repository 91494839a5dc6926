package dev.cairn.segment;

import dev.cairn.store.BlobReader;
import dev.cairn.store.StagedBlob;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;

/** A segment file in memory, so that thousands of damaged copies cost no disk. */
public record SegmentBytes(byte[] bytes, SegmentRef ref) {

  public static SegmentBytes write(SegmentContent content, SegmentIdentity identity)
      throws IOException {
    Target target = new Target();
    SegmentManifest manifest = content.write(target, identity);
    return new SegmentBytes(target.bytes.toByteArray(), SegmentRef.of(identity, manifest, "key"));
  }

  public static SegmentIdentity identity(long seed) {
    return new SegmentIdentity(new UUID(1, seed), new UUID(2, seed), (int) seed, "f".repeat(64), 1);
  }

  /** A reader of any bytes. */
  public record Reader(byte[] bytes) implements BlobReader {

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public void readFully(long position, ByteBuffer target) throws IOException {
      if (position + target.remaining() > bytes.length) {
        throw new EOFException();
      }
      target.put(bytes, (int) position, target.remaining());
    }

    @Override
    public void close() {}
  }

  private static final class Target implements StagedBlob {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public int write(ByteBuffer source) {
      byte[] copy = new byte[source.remaining()];
      source.get(copy);
      bytes.writeBytes(copy);
      return copy.length;
    }

    @Override
    public long length() {
      return bytes.size();
    }

    @Override
    public void publish(String key) {}

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
