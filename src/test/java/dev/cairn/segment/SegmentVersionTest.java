package dev.cairn.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.model.ChunkForm;
import dev.cairn.model.ComputePath;
import dev.cairn.model.Golden;
import dev.cairn.model.KvFormat;
import dev.cairn.safetensors.SafetensorsFile;
import dev.cairn.safetensors.SafetensorsHeader;
import dev.cairn.safetensors.TensorType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which version a file has, and what a version holds. */
class SegmentVersionTest {

  private static final ChunkForm ONE_LAYER = new ChunkForm(4, 1, 3, 8, 6);

  private static final ChunkForm THREE_LAYERS = new ChunkForm(8, 3, 2, 16, 0);

  @TempDir private Path folder;

  private static SegmentBytes written(ChunkForm form, KvFormat format) throws IOException {
    SegmentShape shape = new SegmentShape(5, form, 10, format);
    return SegmentBytes.write(SegmentContent.random(shape, 3, 1), SegmentBytes.identity(7));
  }

  /** Of files that programs wrote before there was a second version. */
  @ParameterizedTest
  @CsvSource({
    "BF16, 4556c00e10fc581f6a97384c80409535555ba021dc6428300ebdc0280a3ec2f0",
    "INT8, 13660b6bd1834523601a1bfecf43531a233afe2e4a3585df3529503c597ebd88"
  })
  void whatTheFirstVersionHoldsIsWrittenToTheSameBytesAsBefore(KvFormat format, String sha256)
      throws IOException {
    assertThat(written(ONE_LAYER, format).ref().sha256()).isEqualTo(sha256);
  }

  /** So nothing that was encoded before is stale. */
  @ParameterizedTest
  @CsvSource({
    "BF16, b1f8f3fd9b7640594952b25df045adaa604258f49fbc53b94eea2b0704c305cf",
    "INT8, 406ee312f2d0ba32eaf89f5408c8ea586df724d48e2940c752e859681052156f"
  })
  void itsFingerprintIsTheSameAsBefore(KvFormat format, String sha256) {
    Checkpoint tiny = Golden.checkpoint("tiny");
    assertThat(Fingerprint.of(tiny, ComputePath.FLOAT32, format).sha256()).isEqualTo(sha256);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 6, BF16, 1",
    "1, 6, INT8, 1",
    "1, 6, INT4, 2",
    "1, 0, BF16, 2",
    "1, 0, INT8, 2",
    "3, 6, BF16, 2",
    "3, 6, INT8, 2",
    "3, 0, INT4, 2"
  })
  void theVersionIsTheOldestThatHoldsTheShape(
      int layers, int landmarkDim, KvFormat format, int version) throws IOException {
    SegmentBytes segment = written(new ChunkForm(4, layers, 3, 8, landmarkDim), format);
    try (SegmentFile file = SegmentFile.open(new SegmentBytes.Reader(segment.bytes()))) {
      SegmentSummary summary = file.summary();
      assertThat(summary.version()).isEqualTo(version);
      assertThat(summary.shape().version()).isEqualTo(version);
      assertThat(summary.shape().form().layers()).isEqualTo(layers);
      assertThat(summary.shape().form().landmarkDim()).isEqualTo(landmarkDim);
      assertThat(summary.shape().kvFormat()).isEqualTo(format);
      assertThat(summary.intact()).isTrue();
    }
  }

  private SafetensorsHeader header(SegmentBytes segment) throws IOException {
    Path file = folder.resolve("segment");
    Files.write(file, segment.bytes());
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      return tensors.header();
    }
  }

  @ParameterizedTest
  @CsvSource({"BF16, BF16, 16", "INT8, I8, 16", "INT4, U8, 8"})
  void theSecondVersionIsSafetensorsWithTheDocumentedTensors(
      KvFormat format, TensorType type, int lastAxis) throws IOException {
    SafetensorsHeader header = header(written(THREE_LAYERS, format));
    assertThat(header.metadata()).containsEntry("version", "2");
    assertThat(header.tensor("kv").type()).isEqualTo(type);
    assertThat(header.tensor("kv").hasShape(5, 3, 2, 2, 8, lastAxis)).isTrue();
    assertThat(header.tensors()).doesNotContainKey("landmarks").containsKey("sentence");
    if (format == KvFormat.BF16) {
      assertThat(header.tensors()).doesNotContainKey("kv_scale");
    } else {
      assertThat(header.tensor("kv_scale").type()).isEqualTo(TensorType.F16);
      assertThat(header.tensor("kv_scale").hasShape(5, 3, 2, 16 + 8)).isTrue();
    }
  }

  @Test
  void theSizesAreThoseOfTheDocumentation() {
    ChunkForm shipped = new ChunkForm(64, 16, 2, 64, 0);
    assertThat(new SegmentShape(1, shipped, 0, KvFormat.BF16).chunkBytes()).isEqualTo(524_288);
    assertThat(new SegmentShape(1, shipped, 0, KvFormat.INT8).chunkBytes()).isEqualTo(270_336);
    assertThat(new SegmentShape(1, shipped, 0, KvFormat.INT4).chunkBytes()).isEqualTo(139_264);
  }

  @Test
  void halfAByteNeedsAnEvenHead() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SegmentShape(1, new ChunkForm(4, 2, 1, 3, 0), 0, KvFormat.INT4))
        .withMessageContaining("head_dim must be even");
  }

  /** Else the same keys and values could stand in two files of different bytes. */
  @ParameterizedTest
  @CsvSource({"1, 2", "2, 1"})
  void aFileOfAnotherVersionThanItsShapeHasIsRefused(String own, String other) throws IOException {
    SegmentBytes segment = written(own.equals("1") ? ONE_LAYER : THREE_LAYERS, KvFormat.BF16);
    String bytes = new String(segment.bytes(), StandardCharsets.ISO_8859_1);
    String version = "\"version\":\"%s\"";
    assertThat(bytes).containsOnlyOnce(version.formatted(own));
    byte[] changed =
        bytes
            .replace(version.formatted(own), version.formatted(other))
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> SegmentFile.open(new SegmentBytes.Reader(changed)))
        .isInstanceOf(SegmentCorruptException.class);
  }
}
