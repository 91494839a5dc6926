package dev.cairn.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsHeaderTest {

  @Test
  void readsWhatItWrote() {
    var forms =
        List.of(
            new SafetensorsHeader.Form("a", TensorType.F32, 2, 3),
            new SafetensorsHeader.Form("empty", TensorType.BF16, 0, 7),
            new SafetensorsHeader.Form("scalar", TensorType.I64),
            new SafetensorsHeader.Form("z \"ü\"", TensorType.U8, 5));
    byte[] bytes = SafetensorsHeader.encode(forms, Map.of("format", "test"));

    SafetensorsHeader header = parse(bytes, bytes.length + 24 + 8 + 5);

    assertThat(bytes.length % 64).isZero();
    assertThat(header.dataStart()).isEqualTo(bytes.length);
    assertThat(header.metadata()).containsExactly(Map.entry("format", "test"));
    assertThat(header.tensors().keySet()).containsExactly("a", "empty", "scalar", "z \"ü\"");
    TensorEntry last = header.tensor("z \"ü\"");
    assertThat(last.offset()).isEqualTo(bytes.length + 32);
    assertThat(last.length()).isEqualTo(5);
    assertThat(last.type()).isEqualTo(TensorType.U8);
    assertThat(last.hasShape(5)).isTrue();
  }

  @Test
  void namesATensorThatIsNotThere() {
    assertReason(() -> parseJson("{}", 0).tensor("a"), SafetensorsException.Reason.TENSOR_MISSING);
  }

  @Test
  void takesTensorsInAnyOrderOfTheJson() {
    SafetensorsHeader header =
        parseJson(
            """
            {"b":{"dtype":"F16","shape":[1],"data_offsets":[4,6]},
             "a":{"shape":[],"data_offsets":[0,4],"dtype":"F32"}}""",
            6);

    assertThat(header.tensors().keySet()).containsExactly("a", "b");
    assertThat(header.metadata()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}{}",
        "{\"a\":1}",
        "{\"a\":{}}",
        "{\"a\":{\"dtype\":1,\"shape\":[],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"x\":1}}",
        "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"__metadata__\":{\"a\":1}}",
        "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}",
        "{\"__metadata__\":{},\"__metadata__\":{}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"
            + "\"data_offsets\":[0,4]}}",
      })
  void refusesJsonOfAnotherForm(String json) {
    assertRefused(json, 4, SafetensorsException.Reason.MALFORMED);
  }

  @Test
  void refusesDeepNestingAndBrokenUtf8() {
    assertRefused("{\"a\":" + "[".repeat(1_000_000), 0, SafetensorsException.Reason.MALFORMED);
    byte[] broken = "{\"__metadata__\":{\"a\":\"?\"}}".getBytes(StandardCharsets.UTF_8);
    broken[broken.length - 4] = (byte) 0xC3;
    assertReason(
        () -> SafetensorsHeader.parse(broken, 8 + broken.length),
        SafetensorsException.Reason.MALFORMED);
  }

  @Test
  void refusesAnUnknownType() {
    assertRefused(
        "{\"a\":{\"dtype\":\"F4\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        4,
        SafetensorsException.Reason.TYPE_UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1] | 0 | 4 | [1] | 2 | 6",
        "[1] | 0 | 4 | [1] | 0 | 4",
        "[1] | 0 | 4 | [1] | 8 | 12",
        "[1] | 4 | 8 | [1] | 8 | 12",
        "[1] | 0 | 4 | [1] | 8 | 4",
        "[1] | 0 | 4 | [2] | 4 | 8",
        "[1] | 0 | 4 | [1] | 4 | 9",
        "[1] | 0 | 4 | [0] | 4 | 4",
        "[1] | 0 | 4 | [4294967296,4294967296] | 4 | 8",
        "[1] | 0 | 4 | [4611686018427387904] | 4 | 8",
      })
  void refusesTensorsThatDoNotFillTheFile(
      String shapeA, long beginA, long endA, String shapeB, long beginB, long endB) {
    String json =
        """
        {"a":{"dtype":"F32","shape":%s,"data_offsets":[%d,%d]},
         "b":{"dtype":"F32","shape":%s,"data_offsets":[%d,%d]}}"""
            .formatted(shapeA, beginA, endA, shapeB, beginB, endB);
    assertRefused(json, 8, SafetensorsException.Reason.LAYOUT_INVALID);
  }

  @Test
  void refusesATensorThatTheFileIsTooShortFor() {
    assertRefused(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        7,
        SafetensorsException.Reason.TRUNCATED);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 1000, HEADER_TOO_LARGE",
    "9223372036854775807, 1000, HEADER_TOO_LARGE",
    "100000001, 200000000, HEADER_TOO_LARGE",
    "993, 1000, TRUNCATED",
    "0, 7, TRUNCATED"
  })
  void refusesAHeaderLengthThatCannotBe(
      long jsonLength, long fileLength, SafetensorsException.Reason reason) {
    assertReason(() -> SafetensorsHeader.jsonLength(prefix(jsonLength), fileLength), reason);
  }

  @Test
  void takesAHeaderOfTheLargestLength() {
    assertThat(SafetensorsHeader.jsonLength(prefix(100_000_000), 100_000_008))
        .isEqualTo(100_000_000);
    assertThat(SafetensorsHeader.jsonLength(prefix(992), 1000)).isEqualTo(992);
  }

  private static byte[] prefix(long length) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
  }

  private static SafetensorsHeader parse(byte[] header, long fileLength) {
    int length = SafetensorsHeader.jsonLength(Arrays.copyOf(header, 8), fileLength);
    return SafetensorsHeader.parse(Arrays.copyOfRange(header, 8, 8 + length), fileLength);
  }

  private static SafetensorsHeader parseJson(String json, long dataLength) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return SafetensorsHeader.parse(bytes, 8 + bytes.length + dataLength);
  }

  private static void assertRefused(
      String json, long dataLength, SafetensorsException.Reason reason) {
    assertReason(() -> parseJson(json, dataLength), reason);
  }

  private static void assertReason(Runnable code, SafetensorsException.Reason reason) {
    assertThatThrownBy(code::run)
        .isInstanceOfSatisfying(
            SafetensorsException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
