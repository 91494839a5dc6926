package dev.cairn.checkpoint;

import static java.util.Objects.requireNonNull;

import dev.cairn.kernel.Bfloat16;
import dev.cairn.safetensors.SafetensorsFile;
import dev.cairn.safetensors.SafetensorsHeader;
import dev.cairn.safetensors.TensorEntry;
import dev.cairn.safetensors.TensorType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The tensors of a safetensors file, to be changed and written again. */
public final class EditedTensors {

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  record Tensor(TensorType type, long[] shape, byte[] bytes) {}

  static EditedTensors read(Path path) throws IOException {
    EditedTensors read = new EditedTensors();
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      for (TensorEntry entry : file.header().tensors().values()) {
        byte[] bytes = new byte[(int) entry.length()];
        file.read(entry, ByteBuffer.wrap(bytes));
        read.put(entry.name(), entry.type(), bytes, entry.shape());
      }
    }
    return read;
  }

  Set<String> names() {
    return tensors.keySet();
  }

  long[] shape(String name) {
    return tensor(name).shape();
  }

  private Tensor tensor(String name) {
    return requireNonNull(tensors.get(name), name);
  }

  /** Of a tensor of F32. */
  public float[] floats(String name) {
    byte[] bytes = tensor(name).bytes();
    float[] numbers = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
    return numbers;
  }

  EditedTensors put(String name, TensorType type, byte[] bytes, long... shape) {
    tensors.put(name, new Tensor(type, shape, bytes));
    return this;
  }

  /** Zeros. */
  EditedTensors put(String name, TensorType type, long... shape) {
    return put(name, type, new byte[(int) type.bytes(shape)], shape);
  }

  public EditedTensors put(String name, float[] numbers, long... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    return put(name, TensorType.F32, bytes.array(), shape);
  }

  /** Other numbers of the same shape. */
  public EditedTensors change(String name, UnaryOperator<float[]> change) {
    return put(name, change.apply(floats(name)), shape(name));
  }

  /** More rows of zeros behind those of the embedding. */
  public EditedTensors appendRows(int rows) {
    String embedding = "model.embed_tokens.weight";
    long[] shape = shape(embedding);
    float[] more = Arrays.copyOf(floats(embedding), (int) ((shape[0] + rows) * shape[1]));
    return put(embedding, more, shape[0] + rows, shape[1]);
  }

  /** Every tensor of two axes, in BF16. */
  EditedTensors roundMatrices() {
    for (String name : List.copyOf(names())) {
      if (shape(name).length == 2) {
        put(name, TensorType.BF16, Bfloat16.round(floats(name)).array(), shape(name));
      }
    }
    return this;
  }

  EditedTensors remove(String name) {
    requireNonNull(tensors.remove(name), name);
    return this;
  }

  EditedTensors rename(UnaryOperator<String> change) {
    Map<String, Tensor> before = new LinkedHashMap<>(tensors);
    tensors.clear();
    before.forEach((name, tensor) -> tensors.put(change.apply(name), tensor));
    return this;
  }

  Path write(Path path) throws IOException {
    return write(path, names());
  }

  /** Some of them. */
  Path write(Path path, Collection<String> some) throws IOException {
    List<SafetensorsHeader.Form> forms =
        some.stream()
            .map(name -> new SafetensorsHeader.Form(name, tensor(name).type(), shape(name)))
            .toList();
    try (OutputStream out = Files.newOutputStream(path)) {
      out.write(SafetensorsHeader.encode(forms, Map.of("format", "pt")));
      for (String name : some) {
        out.write(tensor(name).bytes());
      }
    }
    return path;
  }
}
