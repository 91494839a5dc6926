package dev.cairn.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Bfloat16Test {

  @Test
  void everyNumberOfSixteenBitsIsItsOwnRounding() {
    for (int bits = 0; bits <= 0xffff; bits++) {
      float value = Bfloat16.widen((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(Bfloat16.round(value)).isEqualTo((short) bits);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3f800000, 3f80", // 1
    "3f807fff, 3f80", // just below the middle
    "3f808000, 3f80", // the middle: down to the even one
    "3f818000, 3f82", // the middle: up to the even one
    "3f808001, 3f81", // just above the middle
    "bf808001, bf81", // and below zero
    "7f7fffff, 7f80", // the largest float is nearer to infinity
    "00000001, 0000", // the smallest one is nearer to zero
    "7f800000, 7f80", // infinity
    "7fc00001, 7fc0", // not a number
    "7f800001, 7fc0", // not a number, though its upper half is infinity
  })
  void roundsToTheNearestAndTiesToEven(String float32, String bfloat16) {
    float value = Float.intBitsToFloat(Integer.parseUnsignedInt(float32, 16));
    assertThat(Bfloat16.round(value)).isEqualTo((short) Integer.parseInt(bfloat16, 16));
  }

  @Test
  void bytesAreLittleEndian() {
    ByteBuffer bytes = Bfloat16.round(new float[] {1, -2});
    assertThat(bytes.array()).containsExactly(0x80, 0x3f, 0x00, 0xc0);
    assertThat(Bfloat16.widen(bytes)).containsExactly(1, -2);
  }
}
