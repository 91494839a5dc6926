package dev.cairn.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every back end of BlobStore keeps; each extends this with a store that is empty. */
abstract class BlobStoreContractTest {

  /** The store of this test, the same one at every call. */
  abstract BlobStore store();

  private void put(String key, String text) throws IOException {
    try (StagedBlob blob = store().stage()) {
      blob.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
      blob.publish(key);
    }
  }

  private String get(String key) throws IOException {
    try (InputStream in = store().stream(key)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private List<String> keys(String prefix) throws IOException {
    try (Stream<String> keys = store().list(prefix)) {
      return keys.sorted().toList();
    }
  }

  @Test
  void aPublishedBlobIsReadBackWhole() throws IOException {
    put("a/b/c.bin", "cairn");
    assertThat(get("a/b/c.bin")).isEqualTo("cairn");
    assertThat(store().exists("a/b/c.bin")).isTrue();
  }

  @Test
  void anEmptyBlobIsABlob() throws IOException {
    put("empty", "");
    assertThat(get("empty")).isEmpty();
    try (BlobReader reader = store().open("empty")) {
      assertThat(reader.length()).isZero();
    }
  }

  @Test
  void aBlobOfManyWritesIsInOrderAndCounted() throws IOException {
    try (StagedBlob blob = store().stage()) {
      for (int i = 0; i < 1_000; i++) {
        assertThat(blob.length()).isEqualTo(4L * i);
        blob.write(ByteBuffer.allocate(Integer.BYTES).putInt(i).flip());
      }
      blob.publish("numbers");
    }
    try (BlobReader reader = store().open("numbers")) {
      ByteBuffer number = ByteBuffer.allocate(Integer.BYTES);
      reader.readFully(4 * 777, number);
      assertThat(number.flip().getInt()).isEqualTo(777);
    }
  }

  @Test
  void nobodySeesABlobBeforeItIsPublished() throws IOException {
    try (StagedBlob blob = store().stage()) {
      blob.write(ByteBuffer.wrap(new byte[10]));
      assertThat(keys("")).isEmpty();
      blob.publish("seen");
    }
    assertThat(keys("")).containsExactly("seen");
  }

  @Test
  void aBlobThatIsClosedUnpublishedIsGone() throws IOException {
    try (StagedBlob blob = store().stage()) {
      blob.write(ByteBuffer.wrap(new byte[10]));
    }
    assertThat(keys("")).isEmpty();
  }

  @Test
  void aPublishedBlobTakesNoMoreBytes() throws IOException {
    try (StagedBlob blob = store().stage()) {
      blob.publish("done");
      assertThat(blob.isOpen()).isFalse();
      assertThatIOException().isThrownBy(() -> blob.write(ByteBuffer.allocate(1)));
      assertThatIOException().isThrownBy(() -> blob.publish("again"));
    }
    assertThat(keys("")).containsExactly("done");
  }

  @Test
  void aTakenKeyStaysAsItIs() throws IOException {
    put("key", "first");
    assertThatThrownBy(() -> put("key", "second")).isInstanceOf(BlobExistsException.class);
    assertThat(get("key")).isEqualTo("first");
  }

  @Test
  void ofManyPublishersOfOneKeyExactlyOneWins() throws Exception {
    for (int round = 0; round < 20; round++) {
      String key = "round-%d/key".formatted(round);
      assertThat(winners(key, 8)).hasSize(1).containsExactly(get(key));
    }
  }

  private List<String> winners(String key, int publishers) throws Exception {
    CyclicBarrier start = new CyclicBarrier(publishers);
    List<Callable<String>> tasks =
        IntStream.range(0, publishers)
            .mapToObj(i -> publisher(key, "publisher " + i, start))
            .toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(publishers)) {
      return threads.invokeAll(tasks).stream()
          .map(Future::resultNow)
          .filter(text -> !text.isEmpty())
          .toList();
    }
  }

  private Callable<String> publisher(String key, String text, CyclicBarrier start) {
    return () -> {
      start.await();
      try {
        put(key, text);
        return text;
      } catch (BlobExistsException e) {
        return "";
      }
    };
  }

  @Test
  void aMissingBlobIsSaidSo() throws IOException {
    assertThat(store().exists("none")).isFalse();
    assertThat(store().delete("none")).isFalse();
    assertThatThrownBy(() -> store().open("none")).isInstanceOf(BlobMissingException.class);
    assertThatThrownBy(() -> store().stream("none")).isInstanceOf(BlobMissingException.class);
  }

  @Test
  void aFolderOfBlobsIsNotABlob() throws IOException {
    put("a/b", "cairn");
    assertThat(store().exists("a")).isFalse();
    assertThat(store().delete("a")).isFalse();
    assertThatThrownBy(() -> store().open("a")).isInstanceOf(BlobMissingException.class);
  }

  @Test
  void aDeletedBlobIsGoneAndItsKeyFree() throws IOException {
    put("a/b", "first");
    put("a/c", "other");
    assertThat(store().delete("a/b")).isTrue();
    assertThat(store().exists("a/b")).isFalse();
    put("a/b", "second");
    assertThat(get("a/b")).isEqualTo("second");
    assertThat(get("a/c")).isEqualTo("other");
  }

  @Test
  void listGivesTheKeysWithThePrefix() throws IOException {
    for (String key : List.of("a/b/1", "a/b/2", "a/bc", "a/d/3", "b")) {
      put(key, key);
    }
    assertThat(keys("")).containsExactly("a/b/1", "a/b/2", "a/bc", "a/d/3", "b");
    assertThat(keys("a/b")).containsExactly("a/b/1", "a/b/2", "a/bc");
    assertThat(keys("a/b/")).containsExactly("a/b/1", "a/b/2");
    assertThat(keys("b/")).isEmpty();
    assertThat(keys("nothing/here")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "../a",
        "a/..",
        "a/../b",
        "a/./b",
        ".hidden",
        "a/.staging",
        "A",
        "a b",
        "a\\b",
        "a\0b",
        "a\n",
        "é",
        "~/a",
        "a/b?c",
        "%2e%2e/a"
      })
  void aKeyOfAnotherFormIsRefused(String key) throws IOException {
    assertThatIllegalArgumentException().isThrownBy(() -> store().exists(key));
    assertThatIllegalArgumentException().isThrownBy(() -> store().open(key));
    assertThatIllegalArgumentException().isThrownBy(() -> store().stream(key));
    assertThatIllegalArgumentException().isThrownBy(() -> store().delete(key));
    assertThatIllegalArgumentException().isThrownBy(() -> put(key, "escaped"));
    assertThat(keys("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "/", "a/../", "../", ".staging", "a//"})
  void aPrefixThatNoKeyHasIsRefused(String prefix) {
    assertThatIllegalArgumentException().isThrownBy(() -> store().list(prefix));
  }

  @Test
  void keysMayBeAsLongAsTheLimitsSay() throws IOException {
    String segment = "s".repeat(255);
    String longest = String.join("/", segment, segment, segment, segment) + "/";
    put(longest.substring(0, 1_023), "long");
    assertThat(get(longest.substring(0, 1_023))).isEqualTo("long");
    assertThatIllegalArgumentException().isThrownBy(() -> store().exists(segment + "s"));
    assertThatIllegalArgumentException().isThrownBy(() -> store().exists(longest + "a"));
  }

  @Test
  void aReaderReadsAnyRangeAndNoByteBeyondTheEnd() throws IOException {
    put("key", "0123456789");
    try (BlobReader reader = store().open("key")) {
      assertThat(reader.length()).isEqualTo(10);
      assertThat(read(reader, 0, 10)).isEqualTo("0123456789");
      assertThat(read(reader, 3, 4)).isEqualTo("3456");
      assertThat(read(reader, 10, 0)).isEmpty();
      assertThatThrownBy(() -> read(reader, 3, 8)).isInstanceOf(EOFException.class);
      assertThatThrownBy(() -> read(reader, 11, 1)).isInstanceOf(EOFException.class);
    }
  }

  private static String read(BlobReader reader, long position, int length) throws IOException {
    ByteBuffer target = ByteBuffer.allocateDirect(length);
    reader.readFully(position, target);
    return UTF_8.decode(target.flip()).toString();
  }

  @Test
  void aClosedReaderReadsNothing() throws IOException {
    put("key", "0123456789");
    BlobReader reader = store().open("key");
    reader.close();
    assertThatIOException().isThrownBy(() -> read(reader, 0, 1));
  }

  @Test
  void manyThreadsReadThroughOneReader() throws Exception {
    put("key", "0123456789");
    try (BlobReader reader = store().open("key");
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      Callable<String> task = () -> read(reader, 2, 5) + read(reader, 7, 3);
      assertThat(threads.invokeAll(Collections.nCopies(200, task)))
          .allSatisfy(run -> assertThat(run.resultNow()).isEqualTo("23456789"));
    }
  }
}
