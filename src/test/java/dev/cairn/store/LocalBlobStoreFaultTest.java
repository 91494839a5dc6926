package dev.cairn.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every call to the disk fails once: a blob is then whole or not there, never half. */
class LocalBlobStoreFaultTest {

  private static final int BYTES = 100;

  @TempDir private Path folder;

  private FaultyDisk disk;

  private LocalBlobStore store;

  @BeforeEach
  void open() throws IOException {
    disk = new FaultyDisk(folder);
    store = new LocalBlobStore(disk.root().resolve("blobs"));
    disk.forget();
  }

  private void put(String key) throws IOException {
    try (StagedBlob blob = store.stage()) {
      blob.write(ByteBuffer.allocate(BYTES / 2));
      blob.write(ByteBuffer.allocate(BYTES / 2));
      blob.publish(key);
    }
  }

  private List<String> keys() throws IOException {
    try (Stream<String> keys = store.list("")) {
      return keys.toList();
    }
  }

  @Test
  void theStoreIsDurableOnceItIsOpen() throws IOException {
    new LocalBlobStore(disk.root().resolve("new/blobs"));
    assertThat(disk.calls()).containsSubsequence("mkdir new", "mkdir new/blobs", "force new");
    assertThat(disk.calls()).containsSubsequence("mkdir new", "force ");
  }

  @Test
  void bytesAreForcedBeforeTheLinkAndEveryFolderAfterIt() throws IOException {
    put("a/b/c");
    List<String> calls = disk.calls();
    String staged = calls.getFirst().substring("create ".length());
    assertThat(calls)
        .filteredOn(call -> !call.startsWith("mkdir"))
        .containsExactly(
            "create " + staged,
            "write " + staged,
            "write " + staged,
            "force " + staged,
            "link blobs/a/b/c",
            "force blobs/a/b",
            "force blobs/a",
            "force blobs",
            "delete " + staged);
  }

  @Test
  void aDeletionIsForced() throws IOException {
    put("a/b");
    put("a/c");
    disk.forget();
    store.delete("a/b");
    assertThat(disk.calls()).containsExactly("delete blobs/a/b", "delete blobs/a", "force blobs/a");
    disk.forget();
    store.delete("a/c");
    assertThat(disk.calls()).containsExactly("delete blobs/a/c", "delete blobs/a", "force blobs");
  }

  @Test
  void aCallThatFailsOnceLeavesTheBlobWholeOrAbsentAndNothingStaged() throws IOException {
    int calls = callsOfOnePut();
    for (int n = 0; n < calls; n++) {
      String key = "key-%d/blob".formatted(n);
      disk.failCall(n, false);
      boolean published = publishes(key);
      assertThat(store.exists(key)).as("call " + n).isEqualTo(published);
      assertWholeOrAbsent(key);
      assertThat(staged()).as("call " + n).hasSize(n == calls - 1 ? 1 : 0);
    }
    assertNothingStagedAfterTheNextStart();
  }

  @Test
  void aDiskThatFailsForGoodLeavesNoHalfBlob() throws IOException {
    int calls = callsOfOnePut();
    for (int n = 0; n < calls; n++) {
      String key = "key-%d/blob".formatted(n);
      disk.failCall(n, true);
      publishes(key);
      assertWholeOrAbsent(key);
    }
    assertNothingStagedAfterTheNextStart();
  }

  @Test
  void aKeyWhosePublishFailedCanBePublishedAgain() throws IOException {
    int calls = callsOfOnePut();
    int failures = 0;
    for (int n = 0; n < calls; n++) {
      String key = "key-%d/blob".formatted(n);
      disk.failCall(n, false);
      if (!publishes(key)) {
        failures++;
        put(key);
      }
      assertThat(store.exists(key)).isTrue();
    }
    assertThat(failures).isGreaterThanOrEqualTo(7);
  }

  private int callsOfOnePut() throws IOException {
    put("first/blob");
    return disk.calls().size();
  }

  private boolean publishes(String key) {
    try {
      put(key);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void assertWholeOrAbsent(String key) throws IOException {
    if (store.exists(key)) {
      try (BlobReader reader = store.open(key)) {
        assertThat(reader.length()).isEqualTo(BYTES);
      }
    }
  }

  private List<Path> staged() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("blobs/.staging"))) {
      return files.toList();
    }
  }

  private void assertNothingStagedAfterTheNextStart() throws IOException {
    for (Path file : staged()) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    }
    new LocalBlobStore(folder.resolve("blobs"));
    assertThat(staged()).isEmpty();
  }
}
