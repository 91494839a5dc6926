package dev.cairn.gguf;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.cairn.gguf.GgufException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgufFileTest {

  private static final int F32 = 0;
  private static final int Q4_0 = 2;
  private static final int Q4_K = 12;
  private static final int ARRAY = 9;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void readsMetadataOfEveryKind(int version) throws IOException {
    GgufBytes bytes =
        new GgufBytes()
            .version(version)
            .text("text", "Việt 😀")
            .u32("u32", -1)
            .key("u8", 0, new byte[] {-1})
            .key("i8", 1, new byte[] {-1})
            .key("u16", 2, new byte[] {-1, -1})
            .key("i16", 3, new byte[] {-2, -1})
            .key("u64", 10, GgufBytes.int64(1L << 40))
            .key("i64", 11, GgufBytes.int64(-5))
            .key("f64", 12, GgufBytes.int64(Double.doubleToLongBits(0.1)))
            .f32("f32", 1.5f)
            .truth("truth", true)
            .texts("texts", List.of("a", "", "c"))
            .i32s("i32s", 3, -4)
            .f32s("f32s", 0.5f, -1);

    GgufMetadata read = open(bytes).metadata();

    assertThat(read.text("text")).isEqualTo("Việt 😀");
    assertThat(read.whole("u32")).isEqualTo(0xFFFF_FFFFL);
    assertThat(read.whole("u8")).isEqualTo(255);
    assertThat(read.whole("i8")).isEqualTo(-1);
    assertThat(read.whole("u16")).isEqualTo(65_535);
    assertThat(read.whole("i16")).isEqualTo(-2);
    assertThat(read.whole("u64")).isEqualTo(1L << 40);
    assertThat(read.whole("i64")).isEqualTo(-5);
    assertThat(read.count("u8")).isEqualTo(255);
    assertThat(read.real("f64")).isEqualTo(0.1);
    assertThat(read.real("f32")).isEqualTo(1.5);
    assertThat(read.real("u8")).isEqualTo(255);
    assertThat(read.truth("truth")).isTrue();
    assertThat(read.texts("texts")).containsExactly("a", "", "c");
    assertThat(read.wholes("i32s")).containsExactly(3, -4);
    assertThat(read.reals("f32s")).containsExactly(0.5, -1);
    assertThat(read.reals("i32s")).containsExactly(3, -4);
    assertThat(read.has("text")).isTrue();
    assertThat(read.has("none")).isFalse();
  }

  @Test
  void namesAKeyThatIsMissingOrOfAnotherKind() throws IOException {
    GgufMetadata read = open(new GgufBytes().text("a", "b").f32("f", 1).u32("u", -1)).metadata();

    assertRefused(() -> read.text("none"), Reason.KEY_MISSING, "no key none");
    assertRefused(() -> read.whole("a"), Reason.KEY_INVALID, "a must be a whole number");
    assertRefused(() -> read.truth("a"), Reason.KEY_INVALID, "not a string");
    assertRefused(() -> read.real("a"), Reason.KEY_INVALID, "a must be a number");
    assertRefused(() -> read.texts("a"), Reason.KEY_INVALID, "a must be strings");
    assertRefused(() -> read.wholes("a"), Reason.KEY_INVALID, "a must be whole numbers");
    assertRefused(() -> read.reals("a"), Reason.KEY_INVALID, "a must be numbers");
    assertRefused(() -> read.text("f"), Reason.KEY_INVALID, "not the number 1.0");
    assertRefused(() -> read.count("u"), Reason.KEY_INVALID, "not the whole number 4294967295");
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 128})
  void readsTensorsInAnyOrderAtAnyAlignment(int alignment) throws IOException {
    byte[] packed = GgufBytes.text("28 bytes behind their length");
    GgufBytes bytes =
        new GgufBytes()
            .alignment(alignment)
            .tensor("z", Q4_0, packed, 2, 32)
            .tensor("empty", F32, new byte[0], 0, 7)
            .tensor("scalar", F32, new byte[] {1, 2, 3, 4})
            .tensor("a", F32, new byte[24], 1, 2, 3);

    try (GgufFile file = open(bytes)) {
      assertThat(file.tensors().keySet()).containsExactly("a", "empty", "scalar", "z");
      GgufTensor matrix = tensor(file, "z");
      assertThat(matrix.hasShape(2, 32)).isTrue();
      assertThat(matrix.type()).isEqualTo(GgufType.Q4_0);
      assertThat(matrix.numbers()).isEqualTo(64);
      assertThat(tensor(file, "a").shape()).containsExactly(1, 2, 3);
      assertThat(read(file, "z", 0, 36)).isEqualTo(packed);
      assertThat(read(file, "z", 18, 18)).isEqualTo(Arrays.copyOfRange(packed, 18, 36));
      assertThat(read(file, "scalar", 0, 4)).containsExactly(1, 2, 3, 4);
      assertThat(read(file, "empty", 0, 0)).isEmpty();
      assertThatThrownBy(() -> read(file, "z", 19, 18)).isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void leavesRoomBetweenTensors() throws IOException {
    GgufBytes bytes = new GgufBytes().described("b", F32, 64, 1).tensor("a", F32, new byte[100], 3);

    try (GgufFile file = open(bytes)) {
      assertThat(tensor(file, "b").offset() - tensor(file, "a").offset()).isEqualTo(64);
    }
  }

  @Test
  void readsAVocabularyOfManyStringsAtOnce() throws IOException {
    List<String> tokens = IntStream.range(0, 200_000).mapToObj(i -> "t" + i).toList();
    GgufBytes bytes = new GgufBytes().texts("tokens", tokens).text("long", "é".repeat(300_000));
    Path file = bytes.write(folder.resolve("many.gguf"));

    assertTimeoutPreemptively(
        Duration.ofSeconds(2),
        () -> {
          try (GgufFile open = GgufFile.open(file)) {
            assertThat(open.metadata().texts("tokens")).isEqualTo(tokens);
            assertThat(open.metadata().text("long")).hasSize(300_000);
          }
        });
  }

  @Test
  void refusesLengthsThatTheFileCannotHold() throws IOException {
    assertRefused(new GgufBytes().keyCount(1L << 62), Reason.TRUNCATED, "4611686018427387904");
    assertRefused(
        new GgufBytes().keyCount(Long.MIN_VALUE), Reason.TRUNCATED, "9223372036854775808");
    assertRefused(new GgufBytes().tensorCount(-1), Reason.TRUNCATED, "18446744073709551615");
    assertRefused(
        new GgufBytes().key("k", 8, GgufBytes.int64(1L << 48)),
        Reason.TRUNCATED,
        "281474976710656 bytes expected");
    assertRefused(
        new GgufBytes().key("k", ARRAY, join(GgufBytes.int32(8), GgufBytes.int64(1L << 40))),
        Reason.TRUNCATED,
        "the value of key k");
    assertRefused(
        new GgufBytes().key("k", ARRAY, join(GgufBytes.int32(5), GgufBytes.int64(Long.MAX_VALUE))),
        Reason.TRUNCATED,
        "the value of key k");
  }

  @Test
  void refusesArraysThatAreNestedDeep() throws IOException {
    byte[] level = join(GgufBytes.int32(ARRAY), GgufBytes.int64(1));
    ByteBuffer levels = ByteBuffer.allocate(10_000 * level.length);
    while (levels.hasRemaining()) {
      levels.put(level);
    }
    assertRefused(new GgufBytes().key("deep", ARRAY, levels.array()), Reason.MALFORMED, "key deep");
    byte[] two = join(level, GgufBytes.int32(7), GgufBytes.int64(2), new byte[] {0, 1});
    GgufMetadata legal = open(new GgufBytes().key("two", ARRAY, two).text("a", "b")).metadata();
    assertThat(legal.text("a")).isEqualTo("b");
  }

  @Test
  void refusesAHeaderThatIsTooLong() throws IOException {
    Path file = folder.resolve("long.gguf");
    byte[] bytes = new GgufBytes().key("k", 8, GgufBytes.int64(1L << 31)).bytes();
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.write(bytes);
      sparse.setLength(1L << 32);
    }
    assertRefused(() -> GgufFile.open(file), Reason.HEADER_TOO_LARGE, "key k");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 24, -1})
  void refusesAnAlignmentThatIsNoPowerOfTwo(int alignment) throws IOException {
    assertThatThrownBy(() -> open(new GgufBytes().alignment(alignment)))
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("general.alignment");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 4294967296,4294967296 | 0 | impossible shape",
        "0 | 9223372036854775807,2 | 0 | impossible shape",
        "0 | -1 | 0 | impossible shape",
        "2 | 3,31 | 0 | rows that are no whole number of Q4_0's blocks of 32",
        "12 | 4,896 | 0 | rows that are no whole number of Q4_K's blocks of 256",
        "12 |  | 0 | rows that are no whole number of Q4_K's blocks of 256",
        "0 | 1 | 4 | no multiple of 32",
        "0 | 1 | -32 | no multiple of 32",
        "0 | 2 | 0 | lies over tensor",
        "0 | 2 | 32 | lies over tensor",
      })
  void refusesATensorByName(int type, String shape, long offset, String why) throws IOException {
    long[] sizes =
        shape == null
            ? new long[0]
            : Arrays.stream(shape.split(",")).mapToLong(Long::parseLong).toArray();
    GgufBytes bytes =
        new GgufBytes().described("odd", type, offset, sizes).tensor("t", F32, new byte[128], 32);

    assertRefused(bytes, Reason.LAYOUT_INVALID, why);
    assertRefused(bytes, Reason.LAYOUT_INVALID, "tensor odd");
  }

  @Test
  void refusesNineAxesAndNamesThatAreThereTwice() throws IOException {
    assertRefused(
        new GgufBytes().described("nine", F32, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1),
        Reason.MALFORMED,
        "tensor nine: it has 9 axes");
    assertRefused(
        new GgufBytes().text("k", "a").u32("k", 1),
        Reason.MALFORMED,
        "key k: the key is there twice");
    assertRefused(
        new GgufBytes().tensor("t", F32, new byte[4], 1).tensor("t", F32, new byte[4], 1),
        Reason.LAYOUT_INVALID,
        "tensor t is there twice");
  }

  @ParameterizedTest
  @CsvSource({"20, IQ4_NL", "10, Q2_K", "200, no known type", "-1, no known type"})
  void refusesATypeByTensorNumberAndName(int type, String name) throws IOException {
    assertRefused(
        new GgufBytes().described("t.weight", type, 0, 256),
        Reason.TYPE_UNSUPPORTED,
        "tensor t.weight is of type " + Integer.toUnsignedString(type) + " (" + name + ")");
  }

  @Test
  void refusesValuesThatAreNone() throws IOException {
    assertRefused(new GgufBytes().key("k", 13, new byte[8]), Reason.MALFORMED, "type 13");
    assertRefused(new GgufBytes().key("k", 7, new byte[] {2}), Reason.MALFORMED, "key k");
    assertRefused(new GgufBytes().key("k", 10, GgufBytes.int64(-1)), Reason.MALFORMED, "too great");
    assertRefused(
        new GgufBytes().key("k", 8, join(GgufBytes.int64(1), new byte[] {(byte) 0xC3})),
        Reason.MALFORMED,
        "no UTF-8");
    assertThat(open(new GgufBytes().text("k", "\uFFFD")).metadata().text("k")).isEqualTo("\uFFFD");
  }

  @Test
  void refusesWhatIsNoGgufOfAVersionThatIsRead() throws IOException {
    assertRefused(new GgufBytes().version(1), Reason.VERSION_UNSUPPORTED, "version 1");
    assertRefused(new GgufBytes().version(3 << 24), Reason.VERSION_UNSUPPORTED, "big-endian");
    assertRefused(
        "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n".getBytes(US_ASCII),
        Reason.NOT_GGUF,
        "Git LFS pointer");
    assertRefused("PK\3\4 something".getBytes(US_ASCII), Reason.NOT_GGUF, "no GGUF file");
    assertRefused(new byte[0], Reason.NOT_GGUF, "no GGUF file");
    assertRefused("GGUF".getBytes(US_ASCII), Reason.TRUNCATED, "the header");
  }

  @Test
  void refusesAFileThatIsCutAnywhere() throws IOException {
    byte[] whole =
        new GgufBytes()
            .text("general.architecture", "qwen2")
            .tensor("first", F32, new byte[4], 1)
            .tensor("last", F32, new byte[8192], 2048)
            .bytes();
    assertRefused(
        Arrays.copyOf(whole, whole.length - 1),
        Reason.TRUNCATED,
        "tensor last needs 8192 bytes from byte "
            + (whole.length - 8192)
            + " on, but the file has 8191 of them");
    assertRefused(Arrays.copyOf(whole, whole.length - 4096), Reason.TRUNCATED, "has 4096 of them");
    assertRefused(Arrays.copyOf(whole, whole.length - 8192), Reason.TRUNCATED, "has 0 of them");
    for (int length = 4; length < whole.length - 8192; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertRefused(cut, Reason.TRUNCATED, "");
    }
  }

  @Test
  void noByteOfAHeaderCanCrashIt() throws IOException {
    byte[] whole =
        new GgufBytes()
            .text("a", "b")
            .texts("c", List.of("d", "e"))
            .i32s("f", 1, 2)
            .tensor("g", Q4_K, new byte[144], 1, 256)
            .bytes();
    for (int at = 0; at < whole.length - 144; at++) {
      for (int value : new int[] {0, 1, 9, 127, 255}) {
        byte[] damaged = whole.clone();
        damaged[at] = (byte) value;
        try (GgufFile file = open(damaged)) {
          assertThat(file.tensors()).hasSizeLessThan(2);
        } catch (GgufException e) {
          assertThat(e).hasMessageContaining("test.gguf");
        }
      }
    }
  }

  private GgufFile open(GgufBytes bytes) throws IOException {
    return open(bytes.bytes());
  }

  private GgufFile open(byte[] bytes) throws IOException {
    return GgufFile.open(Files.write(folder.resolve("test.gguf"), bytes));
  }

  private void openInLittleMemory(byte[] bytes) throws IOException {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      open(bytes).close();
    } finally {
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(64 << 20);
    }
  }

  private static GgufTensor tensor(GgufFile file, String name) {
    return requireNonNull(file.tensors().get(name));
  }

  private static byte[] read(GgufFile file, String name, long from, int length) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(length);
    file.read(tensor(file, name), from, target);
    return target.array();
  }

  private static byte[] join(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private void assertRefused(GgufBytes bytes, Reason reason, String message) throws IOException {
    assertRefused(bytes.bytes(), reason, message);
  }

  private void assertRefused(byte[] bytes, Reason reason, String message) {
    assertRefused(
        () -> assertTimeoutPreemptively(Duration.ofSeconds(1), () -> openInLittleMemory(bytes)),
        reason,
        message);
  }

  private static void assertRefused(ThrowingCallable code, Reason reason, String message) {
    assertThatThrownBy(code)
        .isInstanceOfSatisfying(GgufException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(message);
  }
}
