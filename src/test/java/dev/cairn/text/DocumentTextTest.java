package dev.cairn.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.catalogue.BlobKeys;
import dev.cairn.catalogue.Document;
import dev.cairn.store.BlobMissingException;
import dev.cairn.store.BlobStore;
import dev.cairn.store.LocalBlobStore;
import dev.cairn.store.StagedBlob;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentTextTest {

  private static final int STEP = TextIndex.STEP;

  private final Document document =
      new Document(
          UUID.randomUUID(),
          UUID.randomUUID(),
          "0".repeat(64),
          "text/plain",
          1,
          Document.State.EXTRACTING,
          null,
          null,
          null,
          0,
          0,
          Instant.EPOCH);

  @TempDir private Path folder;
  private BlobStore store;

  @BeforeEach
  void openStore() throws IOException {
    store = new LocalBlobStore(folder);
  }

  private DocumentText write(String text) throws IOException {
    try (DocumentTextWriter writer = new DocumentTextWriter(store)) {
      new StringReader(text).transferTo(writer);
      writer.publish(document);
    }
    return DocumentText.open(store, document);
  }

  @Test
  void everyRangeHoldsTheCodePointsOfTheText() throws IOException {
    int[] codePoints = mixedCodePoints(3 * STEP + 1000);
    try (DocumentText text = write(new String(codePoints, 0, codePoints.length))) {
      assertThat(text.length()).isEqualTo(codePoints.length);
      for (int from : new int[] {0, 1, STEP - 1, STEP, STEP + 1, 2 * STEP - 3, 3 * STEP + 990}) {
        for (int length : new int[] {0, 1, 2, 10}) {
          assertThat(text.read(from, from + length))
              .isEqualTo(new String(codePoints, from, length));
        }
      }
      int longest = DocumentText.MAX_RANGE;
      assertThat(text.read(STEP - 1, STEP - 1 + longest))
          .isEqualTo(new String(codePoints, STEP - 1, longest));
      assertThat(text.read(codePoints.length, codePoints.length)).isEmpty();
    }
  }

  /** Characters of one to four bytes of UTF-8, of one and two UTF-16 units. */
  private static int[] mixedCodePoints(int count) {
    int[] alphabet = {'a', '\n', 0xE9, 0x301, 0x4E66, 0x1D518, 0x1F469};
    Random random = new Random(1);
    return random.ints(count, 0, alphabet.length).map(i -> alphabet[i]).toArray();
  }

  @Test
  void aTextOfWholeStepsIsReadToItsEnd() throws IOException {
    try (DocumentText text = write("x".repeat(2 * STEP - 1) + "\uD835\uDD18")) {
      assertThat(text.length()).isEqualTo(2 * STEP);
      assertThat(text.read(2 * STEP - 1, 2 * STEP)).isEqualTo("\uD835\uDD18");
    }
  }

  @Test
  void nulsAreDroppedAndOffsetsCountWhatIsLeft() throws IOException {
    try (DocumentText text = write("\0Al\0Be\0\0\uD835\uDD18\0!")) {
      assertThat(text.length()).isEqualTo(6);
      assertThat(text.read(2, 6)).isEqualTo("Be\uD835\uDD18!");
    }
  }

  @Test
  void lineEndsAreKept() throws IOException {
    try (DocumentText text = write("a\r\nb\rc\n\u2028d")) {
      assertThat(text.read(0, 9)).isEqualTo("a\r\nb\rc\n\u2028d");
    }
  }

  @Test
  void rangesOutsideTheTextOrTooLongAreRefused() throws IOException {
    try (DocumentText text = write("x".repeat(DocumentText.MAX_RANGE + 2))) {
      assertThatThrownBy(() -> text.read(-1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> text.read(3, 2)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> text.read(0, DocumentText.MAX_RANGE + 3))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> text.read(0, DocumentText.MAX_RANGE + 1))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(text.read(0, DocumentText.MAX_RANGE)).hasSize(DocumentText.MAX_RANGE);
    }
  }

  @Test
  void onlyWhatAReaderCanSeeIsNotBlank() throws IOException {
    assertThat(isBlank("")).isTrue();
    assertThat(isBlank("\0\0\0")).isTrue();
    assertThat(isBlank(" \t\r\n\u00A0\u2003\u200B\uFEFF\u0007")).isTrue();
    assertThat(isBlank("\n.\n")).isFalse();
    assertThat(isBlank("\uD835\uDD18")).isFalse();
  }

  private boolean isBlank(String text) throws IOException {
    try (DocumentTextWriter writer = new DocumentTextWriter(store)) {
      writer.write(text);
      return writer.isBlank();
    }
  }

  @Test
  void aTextThatIsNotPublishedLeavesNothing() throws IOException {
    try (DocumentTextWriter writer = new DocumentTextWriter(store)) {
      writer.write("lost");
    }
    assertThatThrownBy(() -> DocumentText.open(store, document))
        .isInstanceOf(BlobMissingException.class);
    try (Stream<String> keys = store.list("")) {
      assertThat(keys).isEmpty();
    }
    assertThat(folder.resolve(".staging")).isEmptyDirectory();
  }

  @Test
  void anExtractionCutShortIsReplaced() throws IOException {
    write("half").close();
    store.delete(BlobKeys.text(document));
    try (DocumentText text = write("whole text")) {
      assertThat(text.read(0, text.length())).isEqualTo("whole text");
    }
  }

  @Test
  void aDamagedIndexIsRefused() throws IOException {
    write("some text").close();
    byte[] index = readAll(BlobKeys.textIndex(document));
    for (int at = 0; at < index.length; at++) {
      byte[] damaged = index.clone();
      damaged[at] ^= 4;
      replaceIndex(damaged);
      assertThatThrownBy(() -> DocumentText.open(store, document)).isInstanceOf(IOException.class);
    }
    replaceIndex(new byte[3]);
    assertThatThrownBy(() -> DocumentText.open(store, document)).isInstanceOf(IOException.class);
  }

  private void replaceIndex(byte[] bytes) throws IOException {
    store.delete(BlobKeys.textIndex(document));
    try (StagedBlob blob = store.stage()) {
      blob.write(ByteBuffer.wrap(bytes));
      blob.publish(BlobKeys.textIndex(document));
    }
  }

  private byte[] readAll(String key) throws IOException {
    try (InputStream stream = store.stream(key)) {
      return stream.readAllBytes();
    }
  }

  @Test
  void theTextIsStoredAsPlainUtf8() throws IOException {
    write("é👩!").close();
    assertThat(readAll(BlobKeys.text(document))).isEqualTo("é👩!".getBytes(StandardCharsets.UTF_8));
  }
}
