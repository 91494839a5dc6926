package dev.cairn.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against the numbers of gguf-py; {@code make_blocks.py} beside them made them. */
class GgufTypeTest {

  private static final Path BLOCKS = Path.of("src/test/resources/gguf/blocks");

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "F32")
  void widensToTheBitAsTheFormatDefines(GgufType type) throws IOException {
    byte[] packed = Files.readAllBytes(BLOCKS.resolve(type + ".bin"));
    byte[] expected = Files.readAllBytes(BLOCKS.resolve(type + ".f32"));

    assertThat(widen(type, packed)).isEqualTo(bits(expected));
    assertThat(packed.length / type.blockBytes()).isEqualTo(12);
    assertThat(type.bytes(3, 4L * type.blockNumbers())).isEqualTo(packed.length);
  }

  @Test
  void takesPlainFloatsAsTheyAre() {
    byte[] packed = {0, 0, (byte) 0x80, 0x3F, 1, 0, 0, 0, 0, 0, 0, (byte) 0x80};

    assertThat(widen(GgufType.F32, packed)).isEqualTo(bits(packed));
  }

  @Test
  void widensBf16ToTheUpperHalf() {
    assertThat(widen(GgufType.BF16, new byte[] {1, 0, 0, (byte) 0x80}))
        .containsExactly(0x0001_0000, 0x8000_0000);
  }

  @Test
  void startsWhereTheBytesStandAndWritesWhereItIsTold() throws IOException {
    byte[] packed = Files.readAllBytes(BLOCKS.resolve("Q4_0.bin"));
    ByteBuffer bytes = ByteBuffer.wrap(packed).position(18);
    float[] numbers = new float[100];
    Arrays.fill(numbers, 7);

    GgufType.Q4_0.widen(bytes, numbers, 3, 64);

    assertThat(bytes.position()).isEqualTo(3 * 18);
    assertThat(Arrays.copyOfRange(numbers, 0, 3)).containsOnly(7);
    assertThat(Arrays.copyOfRange(numbers, 67, 100)).containsOnly(7);
    assertThat(bits(Arrays.copyOfRange(numbers, 3, 67)))
        .isEqualTo(Arrays.copyOfRange(widen(GgufType.Q4_0, packed), 32, 96));
  }

  @Test
  void refusesAPartOfABlock() {
    assertThatThrownBy(() -> GgufType.Q8_0.widen(ByteBuffer.allocate(34), new float[40], 0, 33))
        .hasMessageContaining("33")
        .hasMessageContaining("Q8_0");
  }

  private static int[] widen(GgufType type, byte[] packed) {
    float[] numbers = new float[packed.length / type.blockBytes() * type.blockNumbers()];
    type.widen(ByteBuffer.wrap(packed), numbers, 0, numbers.length);
    return bits(numbers);
  }

  private static int[] bits(float[] numbers) {
    int[] bits = new int[numbers.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(numbers[i]));
    return bits;
  }

  private static int[] bits(byte[] floats) {
    int[] bits = new int[floats.length / Integer.BYTES];
    ByteBuffer.wrap(floats).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(bits);
    return bits;
  }
}
