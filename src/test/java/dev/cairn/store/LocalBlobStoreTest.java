package dev.cairn.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBlobStoreTest extends BlobStoreContractTest {

  @TempDir private Path folder;

  private Path root;

  private LocalBlobStore store;

  @BeforeEach
  void open() throws IOException {
    root = folder.resolve("data/blobs");
    store = new LocalBlobStore(root);
  }

  @Override
  BlobStore store() {
    return store;
  }

  private void put(String key) throws IOException {
    try (StagedBlob blob = store.stage()) {
      blob.write(ByteBuffer.wrap(new byte[100]));
      blob.publish(key);
    }
  }

  private List<Path> staged() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(".staging"))) {
      return files.toList();
    }
  }

  @Test
  void aDiskWithoutRoomTakesNoBlobAndKeepsNothingOfOne() throws IOException {
    AtomicInteger blocks = new AtomicInteger(2);
    LocalBlobStore small =
        new LocalBlobStore(
            root,
            () -> {
              if (blocks.getAndDecrement() <= 0) {
                throw new IOException("No space left on device");
              }
            });
    StagedBlob blob = small.stage();
    blob.write(ByteBuffer.wrap(new byte[100]));

    assertThatIOException().isThrownBy(() -> blob.write(ByteBuffer.wrap(new byte[1])));
    assertThatIOException().isThrownBy(small::stage);

    assertThat(staged()).isEmpty();
  }

  @Test
  void onlyTheOwnerMayReadFilesAndFolders() throws IOException {
    put("a/b");
    assertThat(permissions("a/b")).isEqualTo("rw-------");
    for (String each : List.of("", "a", ".staging")) {
      assertThat(permissions(each)).isEqualTo("rwx------");
    }
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(name)));
  }

  @Test
  void nothingStaysStagedAfterPublishRefusalAndDiscard() throws IOException {
    put("a");
    assertThatIOException().isThrownBy(() -> put("a"));
    try (StagedBlob blob = store.stage()) {
      blob.write(ByteBuffer.wrap(new byte[1]));
      assertThat(staged()).hasSize(1);
    }
    assertThat(staged()).isEmpty();
  }

  @Test
  void whatAnEarlierProcessLeftStagedIsRemovedAtOpen() throws IOException {
    Path leftOver = Files.createFile(root.resolve(".staging/left-over"));
    Files.setLastModifiedTime(leftOver, FileTime.from(Instant.EPOCH));
    try (StagedBlob blob = store.stage()) {
      blob.write(ByteBuffer.wrap(new byte[1]));
      LocalBlobStore again = new LocalBlobStore(root);
      assertThat(staged()).hasSize(1).doesNotContain(leftOver);
      blob.publish("a");
      assertThat(again.exists("a")).isTrue();
    }
  }

  @Test
  void foldersThatBecomeEmptyAreRemovedAndTheRootStays() throws IOException {
    put("a/b/c");
    put("a/d");
    store.delete("a/b/c");
    assertThat(root.resolve("a/b")).doesNotExist();
    assertThat(root.resolve("a")).exists();
    store.delete("a/d");
    assertThat(root.resolve("a")).doesNotExist();
    assertThat(root).exists();
  }

  @Test
  void deletingBesideManyPublishersLosesNothing() throws Exception {
    Callable<Void> deletes =
        () -> {
          for (int i = 0; i < 100; i++) {
            put("folder/passing");
            store.delete("folder/passing");
          }
          return null;
        };
    Callable<Void> publishes =
        () -> {
          for (int i = 0; i < 100; i++) {
            put("folder/deep/kept");
            store.delete("folder/deep/kept");
          }
          put("folder/deep/kept");
          return null;
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      threads.invokeAll(List.of(deletes, publishes)).forEach(run -> run.resultNow());
    }
    try (Stream<String> keys = store.list("")) {
      assertThat(keys).containsExactly("folder/deep/kept");
    }
  }

  @Test
  void aKeyBelowABlobIsRefusedAndTheBlobStays() throws IOException {
    put("a");
    assertThatIOException().isThrownBy(() -> put("a/b"));
    put("c/d");
    assertThatIOException().isThrownBy(() -> put("c")).isNotInstanceOf(BlobExistsException.class);
    try (Stream<String> keys = store.list("")) {
      assertThat(keys).containsExactlyInAnyOrder("a", "c/d");
    }
    assertThat(staged()).isEmpty();
  }

  @Test
  void aSymbolicLinkIsNoBlob() throws IOException {
    Path secret = Files.createFile(folder.resolve("secret"));
    Files.createSymbolicLink(root.resolve("link"), secret);
    assertThat(store.exists("link")).isFalse();
    assertThatIOException().isThrownBy(() -> store.open("link"));
  }

  @Test
  void aBlobTruncatedUnderItsReaderIsAnErrorNotACrash() throws IOException {
    put("a");
    try (BlobReader reader = store.open("a")) {
      Files.write(root.resolve("a"), new byte[10]);
      assertThatIOException().isThrownBy(() -> reader.readFully(0, ByteBuffer.allocate(100)));
    }
  }
}
