package dev.cairn.gguf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a value of the metadata behind the number of its type. */
final class ReadValue {

  private static final int UINT8 = 0;
  private static final int INT8 = 1;
  private static final int UINT16 = 2;
  private static final int INT16 = 3;
  private static final int UINT32 = 4;
  private static final int INT32 = 5;
  private static final int FLOAT32 = 6;
  private static final int BOOL = 7;
  private static final int STRING = 8;
  private static final int ARRAY = 9;
  private static final int UINT64 = 10;
  private static final int INT64 = 11;
  private static final int FLOAT64 = 12;

  /** Arrays within arrays. */
  private static final int MAX_DEPTH = 4;

  private ReadValue() {}

  static GgufValue next(GgufInput input) throws IOException {
    return value(input, input.int32(), 0);
  }

  private static GgufValue value(GgufInput input, int type, int depth) throws IOException {
    return switch (type) {
      case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 ->
          new GgufValue.Whole(whole(input, type));
      case FLOAT32, FLOAT64 -> new GgufValue.Real(real(input, type));
      case BOOL -> new GgufValue.Truth(truth(input));
      case STRING -> new GgufValue.Text(input.text());
      case ARRAY -> array(input, depth + 1);
      default -> throw unknown(input, type);
    };
  }

  private static long whole(GgufInput input, int type) throws IOException {
    return switch (type) {
      case UINT8 -> Byte.toUnsignedLong(input.int8());
      case INT8 -> input.int8();
      case UINT16 -> Short.toUnsignedLong(input.int16());
      case INT16 -> input.int16();
      case UINT32 -> Integer.toUnsignedLong(input.int32());
      case INT32 -> input.int32();
      case INT64 -> input.int64();
      case UINT64 -> signed(input);
      default -> throw unknown(input, type);
    };
  }

  private static long signed(GgufInput input) throws IOException {
    long value = input.int64();
    if (value < 0) {
      throw input.malformed("%s is too great".formatted(Long.toUnsignedString(value)));
    }
    return value;
  }

  private static double real(GgufInput input, int type) throws IOException {
    return type == FLOAT32
        ? Float.intBitsToFloat(input.int32())
        : Double.longBitsToDouble(input.int64());
  }

  private static boolean truth(GgufInput input) throws IOException {
    byte value = input.int8();
    if (value != 0 && value != 1) {
      throw input.malformed("%d is neither true nor false".formatted(value));
    }
    return value == 1;
  }

  private static GgufValue array(GgufInput input, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw input.malformed("arrays are nested deeper than " + MAX_DEPTH);
    }
    int type = input.int32();
    int count = input.count(leastBytes(input, type));
    return switch (type) {
      case STRING -> texts(input, count);
      case FLOAT32, FLOAT64 -> reals(input, type, count);
      case BOOL, ARRAY -> others(input, type, count, depth);
      default -> wholes(input, type, count);
    };
  }

  private static int leastBytes(GgufInput input, int type) {
    return switch (type) {
      case UINT8, INT8, BOOL -> 1;
      case UINT16, INT16 -> 2;
      case UINT32, INT32, FLOAT32 -> 4;
      case UINT64, INT64, FLOAT64, STRING -> 8;
      case ARRAY -> 12;
      default -> throw unknown(input, type);
    };
  }

  private static GgufValue texts(GgufInput input, int count) throws IOException {
    String[] texts = new String[count];
    for (int i = 0; i < count; i++) {
      texts[i] = input.text();
    }
    return new GgufValue.Texts(List.of(texts));
  }

  private static GgufValue reals(GgufInput input, int type, int count) throws IOException {
    double[] reals = new double[count];
    for (int i = 0; i < count; i++) {
      reals[i] = real(input, type);
    }
    return new GgufValue.Reals(reals);
  }

  private static GgufValue wholes(GgufInput input, int type, int count) throws IOException {
    long[] wholes = new long[count];
    for (int i = 0; i < count; i++) {
      wholes[i] = whole(input, type);
    }
    return new GgufValue.Wholes(wholes);
  }

  private static GgufValue others(GgufInput input, int type, int count, int depth)
      throws IOException {
    List<GgufValue> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(value(input, type, depth));
    }
    return new GgufValue.Others(values);
  }

  private static GgufException unknown(GgufInput input, int type) {
    return input.malformed(
        "type %s is none of the format's".formatted(Integer.toUnsignedString(type)));
  }
}
