package dev.cairn.gguf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes GGUF files for tests, those that no program should write included. */
public final class GgufBytes {

  private static final int U32 = 4;
  private static final int I32 = 5;
  private static final int F32 = 6;
  private static final int BOOL = 7;
  private static final int STRING = 8;
  private static final int ARRAY = 9;

  private final ByteArrayOutputStream keys = new ByteArrayOutputStream();
  private final ByteArrayOutputStream descriptions = new ByteArrayOutputStream();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private int version = 3;
  private long keyCount;
  private long tensorCount;
  private int alignment = 32;

  GgufBytes version(int value) {
    version = value;
    return this;
  }

  GgufBytes keyCount(long count) {
    keyCount = count;
    return this;
  }

  GgufBytes tensorCount(long count) {
    tensorCount = count;
    return this;
  }

  /** A key with the bytes of its value as they are. */
  GgufBytes key(String key, int type, byte[] value) {
    put(keys, text(key), int32(type), value);
    keyCount++;
    return this;
  }

  public GgufBytes text(String key, String value) {
    return key(key, STRING, text(value));
  }

  public GgufBytes truth(String key, boolean value) {
    return key(key, BOOL, new byte[] {(byte) (value ? 1 : 0)});
  }

  public GgufBytes u32(String key, int value) {
    return key(key, U32, int32(value));
  }

  public GgufBytes f32(String key, float value) {
    return key(key, F32, int32(Float.floatToRawIntBits(value)));
  }

  public GgufBytes texts(String key, List<String> values) {
    var bytes = array(STRING, values.size());
    values.forEach(value -> put(bytes, text(value)));
    return key(key, ARRAY, bytes.toByteArray());
  }

  public GgufBytes i32s(String key, int... values) {
    var bytes = array(I32, values.length);
    for (int value : values) {
      put(bytes, int32(value));
    }
    return key(key, ARRAY, bytes.toByteArray());
  }

  public GgufBytes f32s(String key, float... values) {
    var bytes = array(F32, values.length);
    for (float value : values) {
      put(bytes, int32(Float.floatToRawIntBits(value)));
    }
    return key(key, ARRAY, bytes.toByteArray());
  }

  private static ByteArrayOutputStream array(int type, int count) {
    var bytes = new ByteArrayOutputStream();
    put(bytes, int32(type), int64(count));
    return bytes;
  }

  GgufBytes alignment(int bytes) {
    alignment = bytes;
    return u32("general.alignment", bytes);
  }

  /** A tensor with its bytes behind those before it, aligned. */
  public GgufBytes tensor(String name, int type, byte[] content, long... shape) {
    data.writeBytes(new byte[padding(data.size())]);
    described(name, type, data.size(), shape);
    data.writeBytes(content);
    return this;
  }

  /** What is said of a tensor, its bytes aside. */
  GgufBytes described(String name, int type, long offset, long... shape) {
    put(descriptions, text(name), int32(shape.length));
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      put(descriptions, int64(shape[axis]));
    }
    put(descriptions, int32(type), int64(offset));
    tensorCount++;
    return this;
  }

  private int padding(int length) {
    return alignment <= 0 ? 0 : Math.floorMod(-length, alignment);
  }

  public byte[] bytes() {
    var all = new ByteArrayOutputStream();
    put(all, "GGUF".getBytes(StandardCharsets.US_ASCII), int32(version));
    put(all, int64(tensorCount), int64(keyCount), keys.toByteArray(), descriptions.toByteArray());
    put(all, new byte[padding(all.size())], data.toByteArray());
    return all.toByteArray();
  }

  public Path write(Path file) throws IOException {
    return Files.write(file, bytes());
  }

  static byte[] text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + bytes.length).put(int64(bytes.length)).put(bytes).array();
  }

  static byte[] int32(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  static byte[] int64(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  private static void put(ByteArrayOutputStream target, byte[]... parts) {
    for (byte[] part : parts) {
      target.writeBytes(part);
    }
  }
}
