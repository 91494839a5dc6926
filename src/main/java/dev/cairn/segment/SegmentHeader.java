package dev.cairn.segment;

import dev.cairn.model.ChunkForm;
import dev.cairn.model.KvFormat;
import dev.cairn.safetensors.SafetensorsException;
import dev.cairn.safetensors.SafetensorsHeader;
import dev.cairn.safetensors.TensorEntry;
import dev.cairn.store.BlobReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The head of a segment file: a safetensors header that names format, version and identity and
 * whose tensors are exactly those of {@link SegmentPart}.
 *
 * @param dataStart where the keys and values begin
 * @param crc32c of the bytes before that
 */
public record SegmentHeader(
    SegmentIdentity identity, SegmentShape shape, long dataStart, int crc32c) {

  static final String FORMAT = "cairn-segment";

  /** Room for many times what the tensors and the identity need. */
  private static final int MAX_JSON_BYTES = 65_536;

  static byte[] encode(SegmentIdentity identity, SegmentShape shape) {
    List<SafetensorsHeader.Form> forms =
        SegmentPart.of(shape).stream().map(part -> part.form(shape)).toList();
    return SafetensorsHeader.encode(forms, metadata(identity, shape));
  }

  private static Map<String, String> metadata(SegmentIdentity identity, SegmentShape shape) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("version", Integer.toString(shape.version()));
    metadata.putAll(identity.metadata());
    return metadata;
  }

  /**
   * Reads the head of a file and checks all that it says.
   *
   * @param expectedCrc32c as the manifest has it, or null when there is none
   * @throws SegmentException when it is damaged or of another version
   */
  static SegmentHeader read(BlobReader reader, @Nullable Long expectedCrc32c) throws IOException {
    byte[] prefix = readAt(reader, 0, SafetensorsHeader.PREFIX_BYTES);
    try {
      int length = SafetensorsHeader.jsonLength(prefix, reader.length());
      check(length <= MAX_JSON_BYTES, "the header is too long");
      byte[] json = readAt(reader, SafetensorsHeader.PREFIX_BYTES, length);
      int crc32c = Crc32c.of(ByteBuffer.wrap(prefix), ByteBuffer.wrap(json));
      check(
          expectedCrc32c == null || expectedCrc32c == Integer.toUnsignedLong(crc32c),
          "the header is not the one that was written");
      return of(SafetensorsHeader.parse(json, reader.length()), crc32c);
    } catch (SafetensorsException e) {
      throw new SegmentCorruptException("not a segment file: " + e.getMessage(), e);
    }
  }

  private static byte[] readAt(BlobReader reader, long position, int length) throws IOException {
    byte[] bytes = new byte[length];
    try {
      reader.readFully(position, ByteBuffer.wrap(bytes));
    } catch (EOFException e) {
      throw new SegmentCorruptException("the file ends inside of its header", e);
    }
    return bytes;
  }

  private static SegmentHeader of(SafetensorsHeader header, int crc32c) {
    checkVersion(header.metadata());
    try {
      SegmentIdentity identity = SegmentIdentity.parse(header.metadata());
      SegmentShape shape = shape(header);
      check(
          metadata(identity, shape).equals(header.metadata()),
          "the header's metadata is malformed");
      check(isAddressable(shape), "a chunk or the tables are larger than 2 GiB");
      check(isLaidOutAs(shape, header), "the header's tensors are not those of a segment");
      return new SegmentHeader(identity, shape, header.dataStart(), crc32c);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new SegmentCorruptException("the header names an impossible segment", e);
    }
  }

  private static void checkVersion(Map<String, String> metadata) {
    check(FORMAT.equals(metadata.get("format")), "the file does not call itself a " + FORMAT);
    String text = metadata.getOrDefault("version", "");
    check(text.matches("\\d{1,9}"), "the header's version is no number");
    int version = Integer.parseInt(text);
    if (version > SegmentShape.NEWEST_VERSION) {
      throw new SegmentTooNewException(version);
    }
    if (version < SegmentShape.OLDEST_VERSION) {
      throw new SegmentTooOldException(version);
    }
  }

  private static SegmentShape shape(SafetensorsHeader header) {
    TensorEntry keysValues = header.tensor(SegmentPart.KEYS_VALUES.tensor());
    KvFormat format = KvFormat.of(keysValues.type()).orElse(KvFormat.BF16);
    return new SegmentShape(
        axis(keysValues.shape(), 0),
        form(keysValues.shape(), format, axisOrNone(header, SegmentPart.LANDMARKS)),
        axisOrNone(header, SegmentPart.SENTENCE),
        format);
  }

  /** Only the first axes differ between the versions. */
  private static ChunkForm form(long[] kv, KvFormat format, int landmarkDim) {
    int last = kv.length - 1;
    return new ChunkForm(
        axis(kv, last - 1),
        last < 5 ? 1 : axis(kv, 1),
        axis(kv, last - 2),
        Math.multiplyExact(axis(kv, last), format.numbersOfElement()),
        landmarkDim);
  }

  private static int axisOrNone(SafetensorsHeader header, SegmentPart part) {
    TensorEntry rows = header.tensors().get(part.tensor());
    return rows == null ? 0 : axis(rows.shape(), 1);
  }

  private static int axis(long[] shape, int axis) {
    check(0 <= axis && axis < shape.length, "a tensor of the header has too few axes");
    return Math.toIntExact(shape[axis]);
  }

  private static boolean isAddressable(SegmentShape shape) {
    return SegmentPart.KEYS_VALUES.rowBytes(shape) + shape.layout().scaleBytes()
            <= Integer.MAX_VALUE
        && SegmentTables.byteLength(shape) <= Integer.MAX_VALUE;
  }

  /** The header's own check left no gaps, so the order of the tensors settles their places. */
  private static boolean isLaidOutAs(SegmentShape shape, SafetensorsHeader header) {
    List<SegmentPart> parts = SegmentPart.of(shape);
    List<TensorEntry> entries = List.copyOf(header.tensors().values());
    return parts.size() == entries.size()
        && IntStream.range(0, parts.size()).allMatch(i -> parts.get(i).isAt(entries.get(i), shape));
  }

  private static void check(boolean condition, String message) {
    if (!condition) {
      throw new SegmentCorruptException(message);
    }
  }

  /** Where a part begins in the file. */
  long offset(SegmentPart part) {
    long offset = dataStart;
    for (SegmentPart before : SegmentPart.of(shape)) {
      if (before == part) {
        return offset;
      }
      offset += before.bytes(shape);
    }
    throw new IllegalArgumentException("no part " + part);
  }

  /** Where one chunk's row of a part begins in the file. */
  long offset(SegmentPart part, int chunk) {
    return offset(part) + chunk * part.rowBytes(shape);
  }
}
