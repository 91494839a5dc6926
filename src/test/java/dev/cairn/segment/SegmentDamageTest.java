package dev.cairn.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.model.ChunkForm;
import dev.cairn.model.KvFormat;
import dev.cairn.safetensors.SafetensorsHeader;
import dev.cairn.safetensors.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to a segment's bytes, it is refused; no wrong value is ever read. */
@ParameterizedClass
@MethodSource("shapes")
class SegmentDamageTest {

  private static final int CHUNKS = 3;

  private static final SegmentIdentity IDENTITY = SegmentBytes.identity(1);

  private final SegmentShape shape;

  private SegmentBytes segment;

  SegmentDamageTest(SegmentShape shape) {
    this.shape = shape;
  }

  /** One layer with landmarks, and several without, in every format. */
  static Stream<SegmentShape> shapes() {
    return Stream.of(new ChunkForm(4, 1, 1, 4, 5), new ChunkForm(4, 2, 1, 4, 0))
        .flatMap(
            form ->
                Arrays.stream(KvFormat.values())
                    .map(format -> new SegmentShape(CHUNKS, form, 6, format)));
  }

  @BeforeEach
  void write() throws IOException {
    segment = SegmentBytes.write(SegmentContent.random(shape, 2, 1), IDENTITY);
  }

  /** Opens the file and reads all of it, as questions do. */
  private static void readAll(byte[] bytes, SegmentRef ref) throws IOException {
    SegmentBytes.Reader reader = new SegmentBytes.Reader(bytes);
    try (SegmentFile file = SegmentFile.open(reader, ref);
        SegmentChunks chunks = new SegmentChunks(reader, file.index())) {
      for (int chunk = 0; chunk < CHUNKS; chunk++) {
        chunks.readKeysValues(chunk);
        chunks.readTokens(chunk);
      }
    }
  }

  private void assertRefused(byte[] bytes, String what) {
    assertThatThrownBy(() -> readAll(bytes, segment.ref()))
        .as(what)
        .isInstanceOf(SegmentCorruptException.class);
  }

  private byte[] flipped(int bit) {
    byte[] bytes = segment.bytes().clone();
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    return bytes;
  }

  @Test
  void theUndamagedFileIsRead() throws IOException {
    readAll(segment.bytes(), segment.ref());
  }

  @Test
  void everySingleBitIsGuarded() {
    for (int bit = 0; bit < segment.bytes().length * 8; bit++) {
      assertRefused(flipped(bit), "bit " + bit);
    }
  }

  @Test
  void theSummaryFindsEverySingleFlippedBit() throws IOException {
    for (int bit = 0; bit < segment.bytes().length * 8; bit++) {
      assertThat(looksIntact(flipped(bit))).as("bit " + bit).isFalse();
    }
  }

  private static boolean looksIntact(byte[] bytes) throws IOException {
    try (SegmentFile file = SegmentFile.open(new SegmentBytes.Reader(bytes))) {
      return file.summary().intact();
    } catch (SegmentException e) {
      return false;
    }
  }

  @Test
  void aFileCutAnywhereIsRefused() {
    for (int length = 0; length < segment.bytes().length; length++) {
      byte[] cut = Arrays.copyOf(segment.bytes(), length);
      assertRefused(cut, "cut at " + length);
      assertThatThrownBy(() -> SegmentFile.open(new SegmentBytes.Reader(cut)))
          .as("cut at " + length)
          .isInstanceOf(SegmentCorruptException.class);
    }
  }

  @Test
  void aLongerFileIsRefused() {
    assertRefused(Arrays.copyOf(segment.bytes(), segment.bytes().length + 1), "one byte more");
  }

  @Test
  void zeroedRangesAreRefused() {
    for (int from = 0; from + 16 <= segment.bytes().length; from += 16) {
      byte[] bytes = segment.bytes().clone();
      Arrays.fill(bytes, from, from + 16, (byte) 0);
      if (!Arrays.equals(bytes, segment.bytes())) {
        assertRefused(bytes, "zeros from " + from);
      }
    }
  }

  @Test
  void swappedRangesAreRefused() {
    Random random = new Random(3);
    int blocks = segment.bytes().length / 16;
    for (int round = 0; round < 500; round++) {
      int a = random.nextInt(blocks) * 16;
      int b = random.nextInt(blocks) * 16;
      byte[] bytes = segment.bytes().clone();
      System.arraycopy(segment.bytes(), a, bytes, b, 16);
      System.arraycopy(segment.bytes(), b, bytes, a, 16);
      if (!Arrays.equals(bytes, segment.bytes())) {
        assertRefused(bytes, "swapped %d and %d".formatted(a, b));
      }
    }
  }

  @Test
  void twoChunksThatChangedPlacesAreRefused() throws IOException {
    int length = shape.numberBytes();
    int first = firstByteOf(0);
    byte[] bytes = segment.bytes().clone();
    System.arraycopy(segment.bytes(), first, bytes, first + length, length);
    System.arraycopy(segment.bytes(), first + length, bytes, first, length);
    assertRefused(bytes, "chunks 0 and 1");
  }

  private int firstByteOf(int chunk) throws IOException {
    SegmentHeader header = SegmentHeader.read(new SegmentBytes.Reader(segment.bytes()), null);
    return (int) header.offset(SegmentPart.KEYS_VALUES, chunk);
  }

  @Test
  void aDamagedChunkIsNotCopiedAndItsNeighboursAreRead() throws IOException {
    byte[] bytes = segment.bytes().clone();
    bytes[firstByteOf(1)] ^= 1;
    SegmentBytes.Reader reader = new SegmentBytes.Reader(bytes);
    try (SegmentFile file = SegmentFile.open(reader, segment.ref());
        SegmentChunks chunks = new SegmentChunks(reader, file.index())) {
      assertThatThrownBy(() -> chunks.readKeysValues(1))
          .isInstanceOf(SegmentCorruptException.class);
      assertThatThrownBy(() -> chunks.readKeysValues(0, 1, 2))
          .isInstanceOf(SegmentCorruptException.class);
      assertThat(chunks.readKeysValues(0, 2)).as("read around it").hasSize(2);
    }
    try (SegmentFile file = SegmentFile.open(reader)) {
      assertThat(file.summary().damagedChunks()).containsExactly(1);
    }
  }

  @Test
  void theFileOfAnotherStretchIsRefusedEvenUnderItsOwnChecksum() throws IOException {
    List<SegmentIdentity> others =
        List.of(
            new SegmentIdentity(UUID.randomUUID(), IDENTITY.document(), 1, "f".repeat(64), 1),
            new SegmentIdentity(IDENTITY.tenant(), UUID.randomUUID(), 1, "f".repeat(64), 1),
            new SegmentIdentity(IDENTITY.tenant(), IDENTITY.document(), 2, "f".repeat(64), 1),
            new SegmentIdentity(IDENTITY.tenant(), IDENTITY.document(), 1, "e".repeat(64), 1),
            new SegmentIdentity(IDENTITY.tenant(), IDENTITY.document(), 1, "f".repeat(64), 2));
    for (SegmentIdentity other : others) {
      SegmentBytes swapped = SegmentBytes.write(SegmentContent.random(shape, 2, 1), other);
      assertRefused(swapped.bytes(), "bytes of " + other);
      SegmentManifest itsManifest = manifest(swapped.bytes(), swapped.ref().headerCrc32c());
      SegmentRef mixed = SegmentRef.of(IDENTITY, itsManifest, "key");
      assertThatThrownBy(() -> readAll(swapped.bytes(), mixed))
          .isInstanceOf(SegmentCorruptException.class)
          .hasMessageContaining("another stretch");
    }
  }

  private static SegmentManifest manifest(byte[] bytes, long headerCrc32c) {
    return new SegmentManifest(bytes.length, "0".repeat(64), headerCrc32c, CHUNKS);
  }

  @ParameterizedTest
  @CsvSource({
    "0, dev.cairn.segment.SegmentTooOldException",
    "3, dev.cairn.segment.SegmentTooNewException",
    "999999999, dev.cairn.segment.SegmentTooNewException",
    "-1, dev.cairn.segment.SegmentCorruptException",
    "1.0, dev.cairn.segment.SegmentCorruptException",
    "99999999999, dev.cairn.segment.SegmentCorruptException",
    "'', dev.cairn.segment.SegmentCorruptException"
  })
  void anotherVersionIsRefusedAsTooOldOrTooNew(String version, Class<?> expected) {
    byte[] header =
        SafetensorsHeader.encode(
            List.of(new SafetensorsHeader.Form("other", TensorType.U8, 3)),
            Map.of("format", "cairn-segment", "version", version));
    byte[] bytes = Arrays.copyOf(header, header.length + 3);
    long crc32c = Integer.toUnsignedLong(Crc32c.of(ByteBuffer.wrap(header)));
    SegmentRef ref = SegmentRef.of(IDENTITY, manifest(bytes, crc32c), "key");
    assertThatThrownBy(() -> readAll(bytes, ref)).isInstanceOf(expected);
  }

  @Test
  void aFileOfAnotherKindIsRefused() {
    byte[] header =
        SafetensorsHeader.encode(
            List.of(new SafetensorsHeader.Form("kv", TensorType.BF16, 1, 2, 1, 1, 1)), Map.of());
    byte[] noise = new byte[4_096];
    new Random(1).nextBytes(noise);
    for (byte[] bytes : List.of(Arrays.copyOf(header, header.length + 4), noise, new byte[64])) {
      assertThatThrownBy(() -> SegmentFile.open(new SegmentBytes.Reader(bytes)))
          .isInstanceOf(SegmentCorruptException.class);
    }
  }
}
