package dev.cairn.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.model.ChunkForm;
import dev.cairn.model.EncodedChunks;
import dev.cairn.model.KvFormat;
import dev.cairn.safetensors.SafetensorsFile;
import dev.cairn.safetensors.SafetensorsHeader;
import dev.cairn.safetensors.TensorType;
import dev.cairn.store.LocalBlobStore;
import dev.cairn.store.StagedBlob;
import dev.cairn.tokenizer.Tokens;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentFileTest {

  private static final SegmentShape SHAPE =
      new SegmentShape(5, new ChunkForm(4, 1, 3, 8, 6), 10, KvFormat.BF16);

  private static final SegmentIdentity IDENTITY = SegmentBytes.identity(7);

  @TempDir private Path folder;

  private LocalBlobStore store;

  private final SegmentContent content = SegmentContent.random(SHAPE, 3, 1);

  @BeforeEach
  void open() throws IOException {
    store = new LocalBlobStore(folder);
  }

  private SegmentRef write(SegmentContent any, String key) throws IOException {
    try (StagedBlob blob = store.stage()) {
      SegmentManifest manifest = any.write(blob, IDENTITY);
      blob.publish(key);
      return SegmentRef.of(IDENTITY, manifest, key);
    }
  }

  @Test
  void keysAndValuesComeBackBitForBit() throws IOException {
    SegmentRef ref = write(content, "a");
    try (SegmentFile file = SegmentFile.open(store.open("a"), ref);
        SegmentChunks chunks = new SegmentChunks(store.open("a"), file.index())) {
      for (int chunk = 0; chunk < SHAPE.chunks(); chunk++) {
        assertThat(chunks.readKeysValues(chunk)).containsExactly(keysValues(chunk));
      }
    }
  }

  @Test
  void severalChunksAreReadAtOnce() throws IOException {
    SegmentRef ref = write(content, "a");
    try (SegmentFile file = SegmentFile.open(store.open("a"), ref);
        SegmentChunks chunks = new SegmentChunks(store.open("a"), file.index())) {
      assertThat(chunks.readKeysValues(1, 2, 4))
          .containsExactly(keysValues(1), keysValues(2), keysValues(4));
    }
  }

  private ByteBuffer keysValues(int chunk) {
    return ByteBuffer.wrap(content.keysValues(chunk));
  }

  @Test
  void tokensAndTheirCharactersComeBack() throws IOException {
    SegmentRef ref = write(content, "a");
    try (SegmentFile file = SegmentFile.open(store.open("a"), ref);
        SegmentChunks chunks = new SegmentChunks(store.open("a"), file.index())) {
      for (int chunk = 0; chunk < SHAPE.chunks(); chunk++) {
        Tokens tokens = chunks.readTokens(chunk);
        assertThat(tokens.ids()).isEqualTo(content.tokens(chunk).ids());
        assertThat(tokens.charStart()).isEqualTo(content.tokens(chunk).charStart());
        assertThat(tokens.charLength()).isEqualTo(content.tokens(chunk).charLength());
      }
    }
  }

  @Test
  void landmarksComeBackAndSentencesWithinHalfAStep() throws IOException {
    SegmentRef ref = write(content, "a");
    try (SegmentFile file = SegmentFile.open(store.open("a"), ref)) {
      assertThat(file.tables().part(SegmentPart.LANDMARKS)).isEqualTo(content.chunks().landmarks());
      for (int chunk = 0; chunk < SHAPE.chunks(); chunk++) {
        ByteBuffer row = file.tables().row(SegmentPart.SENTENCE, chunk);
        float scale = file.tables().row(SegmentPart.SENTENCE_SCALE, chunk).getFloat();
        for (float expected : content.sentences()[chunk]) {
          assertThat(row.get() * scale).isCloseTo(expected, within(scale * 0.501f));
        }
      }
    }
  }

  @Test
  void theLargestNumberOfASentenceLandmarkIsStoredAs127AndABlankOneAsZeros() {
    ByteBuffer row = ByteBuffer.allocate(3);
    float scale = SentenceRow.quantize(new float[] {0.25f, -0.5f, 0}, row);
    assertThat(scale).isEqualTo(0.5f / 127);
    assertThat(row.array()).containsExactly(64, -127, 0);
    assertThat(SentenceRow.quantize(new float[3], row.clear())).isZero();
    assertThat(row.array()).containsOnly(0);
  }

  @Test
  void theFileIsSafetensorsWithTheDocumentedTensors() throws IOException {
    write(content, "a");
    try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("a"))) {
      SafetensorsHeader header = file.header();
      assertThat(header.tensor("kv").hasShape(5, 2, 3, 4, 8)).isTrue();
      assertThat(header.tensor("kv").type()).isEqualTo(TensorType.BF16);
      assertThat(header.tensor("landmarks").hasShape(5, 6)).isTrue();
      assertThat(header.tensor("sentence").hasShape(5, 10)).isTrue();
      assertThat(header.tensor("sentence_scale").hasShape(5)).isTrue();
      assertThat(header.tensor("char_start").type()).isEqualTo(TensorType.I64);
      assertThat(header.tensors().keySet())
          .contains("tokens", "char_length", "valid_tokens", "chunk_crc32c")
          .hasSize(11);
      assertThat(header.metadata())
          .containsEntry("format", "cairn-segment")
          .containsEntry("version", "1")
          .containsEntry("document", IDENTITY.document().toString())
          .containsEntry("stretch", "7");
    }
  }

  @Test
  void withoutASentenceEncoderThereAreNoSentenceTensors() throws IOException {
    SegmentShape bare = new SegmentShape(2, new ChunkForm(4, 1, 1, 8, 6), 0, KvFormat.BF16);
    SegmentRef ref = write(SegmentContent.random(bare, 4, 1), "a");
    SegmentFile.open(store.open("a"), ref).close();
    try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("a"))) {
      assertThat(file.header().tensors())
          .hasSize(9)
          .doesNotContainKeys("sentence", "sentence_scale");
    }
  }

  @Test
  void theManifestIsThatOfTheFile() throws Exception {
    SegmentRef ref = write(content, "a");
    byte[] bytes = Files.readAllBytes(folder.resolve("a"));
    byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(bytes);
    assertThat(ref.byteLength()).isEqualTo(bytes.length);
    assertThat(ref.sha256()).isEqualTo(HexFormat.of().formatHex(sha256));
    assertThat(ref.chunks()).isEqualTo(5);
  }

  @Test
  void equalInputGivesEqualBytesHoweverItComesInBlocks() throws IOException {
    SegmentBytes whole = SegmentBytes.write(content, IDENTITY);
    try (StagedBlob blob = store.stage()) {
      SegmentWriter writer = new SegmentWriter(blob, IDENTITY, SHAPE);
      writer.appendSentences(Arrays.copyOfRange(content.sentences(), 0, 3));
      append(writer, 0, 2);
      append(writer, 2, 1);
      append(writer, 3, 2);
      writer.appendSentences(Arrays.copyOfRange(content.sentences(), 3, 5));
      assertThat(writer.finish().sha256()).isEqualTo(whole.ref().sha256());
      blob.publish("blocks");
    }
    assertThat(Files.readAllBytes(folder.resolve("blocks"))).isEqualTo(whole.bytes());
  }

  private void append(SegmentWriter writer, int from, int count) throws IOException {
    int[] valid = Arrays.copyOfRange(content.chunks().validTokens(), from, from + count);
    int firstToken = from * SHAPE.form().size();
    int endToken = firstToken + Arrays.stream(valid).sum();
    writer.append(
        new EncodedChunks(
            count,
            direct(content.chunks().keysValues(), from, count),
            direct(content.chunks().landmarks(), from, count),
            valid),
        new Tokens(
            Arrays.copyOfRange(content.tokens().ids(), firstToken, endToken),
            Arrays.copyOfRange(content.tokens().charStart(), firstToken, endToken),
            Arrays.copyOfRange(content.tokens().charLength(), firstToken, endToken)));
  }

  /** Some rows in a direct buffer that begins elsewhere than at 0. */
  private static ByteBuffer direct(ByteBuffer all, int from, int count) {
    int rowBytes = all.capacity() / SHAPE.chunks();
    ByteBuffer some = ByteBuffer.allocateDirect(count * rowBytes + 1).position(1);
    return some.put(all.slice(from * rowBytes, count * rowBytes)).position(1);
  }

  @Test
  void theWriterLeavesWhatItIsGivenAsItIs() throws IOException {
    SegmentBytes.write(content, IDENTITY);
    assertThat(content.chunks().keysValues().remaining()).isEqualTo(5 * SHAPE.chunkBytes());
    assertThat(content.chunks().landmarks().remaining()).isEqualTo(5 * 6 * 2);
  }

  @Test
  void theWriterRefusesWhatDoesNotFitItsShape() throws IOException {
    SegmentContent six =
        SegmentContent.random(
            new SegmentShape(6, new ChunkForm(4, 1, 3, 8, 6), 10, KvFormat.BF16), 4, 1);
    SegmentContent wide =
        SegmentContent.random(
            new SegmentShape(5, new ChunkForm(4, 1, 3, 8, 7), 10, KvFormat.BF16), 4, 1);
    try (StagedBlob blob = store.stage()) {
      assertThatIllegalArgumentException().isThrownBy(() -> writer(blob).finish());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer(blob).append(six.chunks(), six.tokens()));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer(blob).append(wide.chunks(), wide.tokens()));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer(blob).append(content.chunks(), content.tokens(0)));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer(blob).append(content.chunks(), wide.tokens()));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer(blob).appendSentences(six.sentences()));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer(blob).appendSentences(new float[1][9]));
      SegmentWriter withoutSentences = writer(blob);
      withoutSentences.append(content.chunks(), content.tokens());
      assertThatIllegalArgumentException().isThrownBy(withoutSentences::finish);
    }
  }

  private static SegmentWriter writer(StagedBlob blob) throws IOException {
    return new SegmentWriter(blob, IDENTITY, SHAPE);
  }

  @Test
  void aSegmentHasOneToAsManyChunksAsAStretch() {
    int most = Fingerprint.CHUNKS_PER_STRETCH;
    assertThat(new SegmentShape(most, new ChunkForm(1, 1, 1, 1, 1), 0, KvFormat.BF16).chunks())
        .isEqualTo(most);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new SegmentShape(most + 1, new ChunkForm(1, 1, 1, 1, 1), 0, KvFormat.BF16));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SegmentShape(0, new ChunkForm(1, 1, 1, 1, 1), 0, KvFormat.BF16));
  }

  @Test
  void theSummarySaysWhatTheFileIs() throws IOException {
    write(content, "a");
    try (SegmentFile file = SegmentFile.open(folder.resolve("a"))) {
      SegmentSummary summary = file.summary();
      assertThat(summary.identity()).isEqualTo(IDENTITY);
      assertThat(summary.shape()).isEqualTo(SHAPE);
      assertThat(summary.tokens()).isEqualTo(19);
      assertThat(summary.intact()).isTrue();
      assertThat(summary.damagedChunks()).isEmpty();
      assertThat(summary.byteLength()).isEqualTo(Files.size(folder.resolve("a")));
      assertThat(summary.parts())
          .contains(new SegmentSummary.Part("landmarks", 60, true))
          .contains(new SegmentSummary.Part("kv", 5 * SHAPE.chunkBytes(), true));
    }
  }
}
