package dev.cairn.gguf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The header of a GGUF file (versions 2 and 3 of the format, ggml's {@code docs/gguf.md}): magic,
 * version, counts, keys and values, and the name, shape, type and place of each tensor. The tensors
 * follow from the next multiple of the alignment on.
 */
record GgufHeader(GgufMetadata metadata, SortedMap<String, GgufTensor> tensors) {

  private static final byte[] MAGIC = "GGUF".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LFS = "version https://git-lfs".getBytes(StandardCharsets.US_ASCII);

  private static final String ALIGNMENT = "general.alignment";
  private static final int DEFAULT_ALIGNMENT = 32;
  private static final int MAX_AXES = 4;

  /** The least bytes of a key with its value, and of what is said about a tensor. */
  private static final int KEY_BYTES = 8 + 4 + 1;

  private static final int TENSOR_BYTES = 8 + 4 + 4 + 8;

  /** A tensor before the place of the first is known; the offset is counted from there. */
  record Described(String name, GgufType type, long[] shape, long offset) {}

  static GgufHeader read(GgufInput input) throws IOException {
    requireMagic(input);
    requireVersion(input);
    int tensors = input.count(TENSOR_BYTES);
    int keys = input.count(KEY_BYTES);
    GgufMetadata metadata = new GgufMetadata(input.file(), readKeys(input, keys));
    int alignment = metadata.has(ALIGNMENT) ? metadata.count(ALIGNMENT) : DEFAULT_ALIGNMENT;
    if (Integer.bitCount(alignment) != 1) {
      input.at(ALIGNMENT);
      throw input.malformed("%d is no power of two".formatted(alignment));
    }
    List<Described> described = describe(input, tensors);
    long start = Math.ceilDiv(input.position(), (long) alignment) * alignment;
    return new GgufHeader(
        metadata, new TensorPlaces(input.file(), start, alignment, input.length()).of(described));
  }

  private static void requireMagic(GgufInput input) throws IOException {
    if (!input.begins(MAGIC)) {
      throw new GgufException(
          GgufException.Reason.NOT_GGUF,
          input.begins(LFS)
              ? input.file() + " is a Git LFS pointer; the file that it stands for was not fetched"
              : input.file() + " is no GGUF file: it does not begin with GGUF");
    }
    input.int32();
  }

  private static void requireVersion(GgufInput input) throws IOException {
    int version = input.int32();
    if (version != 2 && version != 3) {
      boolean swapped = Integer.reverseBytes(version) == 2 || Integer.reverseBytes(version) == 3;
      throw new GgufException(
          GgufException.Reason.VERSION_UNSUPPORTED,
          "%s is GGUF of %s; versions 2 and 3, little-endian, are read"
              .formatted(
                  input.file(),
                  swapped ? "big-endian bytes" : "version " + Integer.toUnsignedString(version)));
    }
  }

  private static SortedMap<String, GgufValue> readKeys(GgufInput input, int keys)
      throws IOException {
    SortedMap<String, GgufValue> values = new TreeMap<>();
    for (int i = 0; i < keys; i++) {
      input.at("key " + i);
      String key = input.text();
      input.at("the value of key " + key);
      if (values.put(key, ReadValue.next(input)) != null) {
        throw input.malformed("the key is there twice");
      }
    }
    return values;
  }

  private static List<Described> describe(GgufInput input, int tensors) throws IOException {
    List<Described> described = new ArrayList<>();
    for (int i = 0; i < tensors; i++) {
      input.at("the description of tensor " + i);
      String name = input.text();
      input.at("the description of tensor " + name);
      long[] shape = shape(input);
      described.add(new Described(name, type(input, name), shape, input.int64()));
    }
    return described;
  }

  /** The file has the fastest axis first. */
  private static long[] shape(GgufInput input) throws IOException {
    int axes = input.int32();
    if (axes < 0 || axes > MAX_AXES) {
      throw input.malformed(
          "it has %s axes, at most %d are possible"
              .formatted(Integer.toUnsignedString(axes), MAX_AXES));
    }
    long[] shape = new long[axes];
    for (int axis = axes - 1; axis >= 0; axis--) {
      shape[axis] = input.int64();
    }
    return shape;
  }

  private static GgufType type(GgufInput input, String tensor) throws IOException {
    int id = input.int32();
    return GgufType.of(id)
        .orElseThrow(
            () ->
                new GgufException(
                    GgufException.Reason.TYPE_UNSUPPORTED,
                    "%s: tensor %s is of type %s (%s), which is not read"
                        .formatted(
                            input.file(),
                            tensor,
                            Integer.toUnsignedString(id),
                            GgufType.nameOf(id))));
  }
}
