package dev.cairn.recall;

import dev.cairn.store.BlobReader;
import dev.cairn.store.BlobStore;
import dev.cairn.store.StagedBlob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A store that notes the bytes of every positional read. */
final class CountedReads implements BlobStore {

  final List<Integer> reads = new ArrayList<>();

  private final BlobStore store;

  CountedReads(BlobStore store) {
    this.store = store;
  }

  private final class Reader implements BlobReader {

    private final BlobReader reader;

    Reader(BlobReader reader) {
      this.reader = reader;
    }

    @Override
    public long length() {
      return reader.length();
    }

    @Override
    public void readFully(long position, ByteBuffer target) throws IOException {
      reads.add(target.remaining());
      reader.readFully(position, target);
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }

  @Override
  public BlobReader open(String key) throws IOException {
    return new Reader(store.open(key));
  }

  @Override
  public StagedBlob stage() throws IOException {
    return store.stage();
  }

  @Override
  public InputStream stream(String key) throws IOException {
    return store.stream(key);
  }

  @Override
  public boolean exists(String key) throws IOException {
    return store.exists(key);
  }

  @Override
  public boolean delete(String key) throws IOException {
    return store.delete(key);
  }

  @Override
  public Stream<String> list(String prefix) throws IOException {
    return store.list(prefix);
  }
}
