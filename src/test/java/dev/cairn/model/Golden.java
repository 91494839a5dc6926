package dev.cairn.model;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.safetensors.SafetensorsFile;
import dev.cairn.safetensors.TensorEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A small random checkpoint with what the reference computes on it. */
public final class Golden implements AutoCloseable {

  public static final String[] VARIANTS = {
    "tiny", "tiny-mean-landmark", "tiny-no-encoder", "tiny-standard-residual", "tiny-stick-breaking"
  };

  private static final Path FOLDER = Path.of("src/test/resources/golden");

  private final SafetensorsFile file;

  private Golden(SafetensorsFile file) {
    this.file = file;
  }

  public static Checkpoint checkpoint(String variant) {
    return Checkpoint.open(FOLDER.resolve(variant));
  }

  public static Golden open(String variant) throws IOException {
    return new Golden(SafetensorsFile.open(FOLDER.resolve(variant).resolve("golden.safetensors")));
  }

  /** What follows the prefix in the names that begin with it. */
  public List<String> names(String prefix) {
    return file.header().tensors().keySet().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .toList();
  }

  public long[] shape(String name) {
    return file.header().tensor(name).shape();
  }

  public float[] floats(String name) {
    float[] values = new float[elements(name)];
    bytes(name).asFloatBuffer().get(values);
    return values;
  }

  public int[] ids(String name) {
    long[] values = new long[elements(name)];
    bytes(name).asLongBuffer().get(values);
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }

  public byte[] flags(String name) {
    byte[] values = new byte[elements(name)];
    bytes(name).get(values);
    return values;
  }

  private int elements(String name) {
    return Math.toIntExact(Arrays.stream(shape(name)).reduce(1, Math::multiplyExact));
  }

  private ByteBuffer bytes(String name) {
    TensorEntry entry = file.header().tensor(name);
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(entry.length())).order(ByteOrder.LITTLE_ENDIAN);
    try {
      file.read(entry, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.flip();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
