package dev.cairn.safetensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file: eight bytes with the length of a JSON object (little-endian),
 * the object, then the tensors without gaps. It is checked whole before anything is read by it.
 *
 * @param dataStart where the tensors begin, counted from the start of the file
 * @param tensors by name, in the order in which they lie in the file
 * @param metadata what stands under {@code __metadata__}; empty when nothing does
 */
public record SafetensorsHeader(
    long dataStart, Map<String, TensorEntry> tensors, Map<String, String> metadata) {

  /** Bytes before the JSON: its length. */
  public static final int PREFIX_BYTES = Long.BYTES;

  /** The longest JSON that is read. */
  public static final int MAX_JSON_BYTES = 100_000_000;

  private static final int ALIGNMENT = 64;

  /** How the text begins that stands for a file which Git LFS has not fetched. */
  private static final byte[] LFS_POINTER = "version ".getBytes(StandardCharsets.US_ASCII);

  /** The name, element type and shape of a tensor that is to be written. */
  public record Form(String name, TensorType type, long... shape) {

    /** Its bytes. */
    public long length() {
      return type.bytes(shape);
    }
  }

  /**
   * The tensor of a name.
   *
   * @throws SafetensorsException when there is none
   */
  public TensorEntry tensor(String name) {
    TensorEntry entry = tensors.get(name);
    if (entry == null) {
      throw new SafetensorsException(
          SafetensorsException.Reason.TENSOR_MISSING, "the file has no tensor " + name);
    }
    return entry;
  }

  /**
   * How many bytes of JSON follow the prefix.
   *
   * @param prefix the first {@link #PREFIX_BYTES} bytes of the file, or all when it is shorter
   * @param fileLength bytes of the whole file
   * @throws SafetensorsException when that many bytes are not there or too many
   */
  public static int jsonLength(byte[] prefix, long fileLength) {
    if (prefix.length < PREFIX_BYTES || fileLength < PREFIX_BYTES) {
      throw new SafetensorsException(
          SafetensorsException.Reason.TRUNCATED, "the file has only " + fileLength + " bytes");
    }
    if (Arrays.equals(prefix, LFS_POINTER)) {
      throw new SafetensorsException(
          SafetensorsException.Reason.MALFORMED,
          "it is a Git LFS pointer, the file itself was not fetched");
    }
    long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 0 || length > MAX_JSON_BYTES) {
      throw new SafetensorsException(
          SafetensorsException.Reason.HEADER_TOO_LARGE,
          "the header's length is given as %s bytes, more than %d"
              .formatted(Long.toUnsignedString(length), MAX_JSON_BYTES));
    }
    if (length > fileLength - PREFIX_BYTES) {
      throw new SafetensorsException(
          SafetensorsException.Reason.TRUNCATED,
          "the header's length is given as %d bytes, but the file has %d"
              .formatted(length, fileLength));
    }
    return (int) length;
  }

  /**
   * Reads and checks a header.
   *
   * @param json the bytes after the prefix, as many as {@link #jsonLength} says
   * @param fileLength bytes of the whole file
   * @throws SafetensorsException when it is not JSON of the expected form, or when the tensors do
   *     not fill the rest of the file without a gap or an overlap
   */
  public static SafetensorsHeader parse(byte[] json, long fileLength) {
    long dataStart = PREFIX_BYTES + (long) json.length;
    SafetensorsJson content = SafetensorsJson.read(json);
    Map<String, TensorEntry> tensors = new LinkedHashMap<>();
    long end = 0;
    for (SafetensorsJson.Tensor tensor : inFileOrder(content)) {
      check(tensor, end, fileLength - dataStart);
      end = tensor.end();
      tensors.put(tensor.name(), tensor.entry(dataStart));
    }
    if (dataStart + end != fileLength) {
      throw invalid("the tensors end at byte %d of %d".formatted(dataStart + end, fileLength));
    }
    return new SafetensorsHeader(dataStart, tensors, content.metadata());
  }

  private static List<SafetensorsJson.Tensor> inFileOrder(SafetensorsJson content) {
    return content.tensors().stream()
        .sorted(
            Comparator.comparingLong(SafetensorsJson.Tensor::begin)
                .thenComparingLong(SafetensorsJson.Tensor::end))
        .toList();
  }

  private static void check(SafetensorsJson.Tensor tensor, long expectedBegin, long dataLength) {
    if (tensor.begin() != expectedBegin || tensor.end() < tensor.begin()) {
      throw invalid(
          "tensor %s is given bytes %d to %d where byte %d should be its first"
              .formatted(tensor.name(), tensor.begin(), tensor.end(), expectedBegin));
    }
    if (tensor.end() - tensor.begin() != lengthOf(tensor)) {
      throw invalid(
          "tensor %s of shape %s and type %s is given %d bytes"
              .formatted(
                  tensor.name(),
                  Arrays.toString(tensor.shape()),
                  tensor.type(),
                  tensor.end() - tensor.begin()));
    }
    if (tensor.end() > dataLength) {
      throw new SafetensorsException(
          SafetensorsException.Reason.TRUNCATED,
          "the file ends inside of tensor %s: %d of its %d bytes are there"
              .formatted(
                  tensor.name(),
                  Math.max(0, dataLength - tensor.begin()),
                  tensor.end() - tensor.begin()));
    }
  }

  private static long lengthOf(SafetensorsJson.Tensor tensor) {
    try {
      return tensor.type().bytes(tensor.shape());
    } catch (ArithmeticException e) {
      throw invalid(
          "tensor %s has an impossible shape %s"
              .formatted(tensor.name(), Arrays.toString(tensor.shape())));
    }
  }

  private static SafetensorsException invalid(String message) {
    return new SafetensorsException(SafetensorsException.Reason.LAYOUT_INVALID, message);
  }

  /**
   * The first bytes of a file, prefix included, padded with spaces so that the tensors begin at a
   * multiple of 64 bytes. The tensors must follow in the given order without gaps.
   */
  public static byte[] encode(List<Form> tensors, Map<String, String> metadata) {
    byte[] json = SafetensorsJson.write(tensors, metadata);
    int total = Math.ceilDiv(PREFIX_BYTES + json.length, ALIGNMENT) * ALIGNMENT;
    byte[] header = new byte[total];
    ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putLong(total - PREFIX_BYTES).put(json);
    Arrays.fill(header, PREFIX_BYTES + json.length, total, (byte) ' ');
    return header;
  }
}
