package dev.cairn.checkpoint;

import dev.cairn.safetensors.SafetensorsFile;
import dev.cairn.safetensors.SafetensorsHeader;
import dev.cairn.safetensors.TensorEntry;
import dev.cairn.safetensors.TensorType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** A copy of a golden checkpoint in a folder of its own, to be broken in one place. */
public final class TinyCheckpoint {

  public static final Path GOLDEN = Path.of("src/test/resources/golden/tiny");

  private final Path folder;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  record Tensor(SafetensorsHeader.Form form, byte[] bytes) {}

  /** Copies everything but the weights, which are written by one of the write methods. */
  public TinyCheckpoint(Path folder) throws IOException {
    this.folder = folder;
    Files.copy(GOLDEN.resolve("config.json"), folder.resolve("config.json"));
    Files.copy(GOLDEN.resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
    try (SafetensorsFile file = SafetensorsFile.open(GOLDEN.resolve("model.safetensors"))) {
      for (TensorEntry entry : file.header().tensors().values()) {
        byte[] bytes = new byte[(int) entry.length()];
        file.read(entry, ByteBuffer.wrap(bytes));
        put(entry.name(), entry.type(), bytes, entry.shape());
      }
    }
  }

  public TinyCheckpoint put(String name, TensorType type, byte[] bytes, long... shape) {
    tensors.put(name, new Tensor(new SafetensorsHeader.Form(name, type, shape), bytes));
    return this;
  }

  /** A tensor of zeros. */
  public TinyCheckpoint put(String name, TensorType type, long... shape) {
    return put(name, type, new byte[(int) type.bytes(shape)], shape);
  }

  /** The same with wider feed-forward parts of zeros, so that all of it takes time to write. */
  public TinyCheckpoint widened(int intermediateSize) throws IOException {
    config(
        json ->
            json.replace(
                "\"intermediate_size\": 96", "\"intermediate_size\": " + intermediateSize));
    for (Tensor each : List.copyOf(tensors.values())) {
      long[] shape =
          LongStream.of(each.form().shape())
              .map(axis -> axis == 96 ? intermediateSize : axis)
              .toArray();
      if (!Arrays.equals(shape, each.form().shape())) {
        put(each.form().name(), TensorType.BF16, shape);
      }
    }
    return this;
  }

  TinyCheckpoint remove(String name) {
    tensors.remove(name);
    return this;
  }

  public TinyCheckpoint config(UnaryOperator<String> change) throws IOException {
    Path config = folder.resolve("config.json");
    String before = Files.readString(config);
    String after = change.apply(before);
    if (after.equals(before)) {
      throw new IllegalArgumentException("nothing was changed");
    }
    Files.writeString(config, after);
    return this;
  }

  public Path write() throws IOException {
    return write("model.safetensors", tensors);
  }

  /**
   * Two shards with an index: tensors of the lower decoder in the first, the others in the second.
   */
  Path writeShards() throws IOException {
    Map<String, Tensor> lower = new LinkedHashMap<>(tensors);
    lower.keySet().removeIf(name -> !name.startsWith("lower."));
    Map<String, Tensor> others = new LinkedHashMap<>(tensors);
    others.keySet().removeAll(lower.keySet());
    write("model-1.safetensors", lower);
    write("model-2.safetensors", others);
    StringBuilder index = new StringBuilder("{\"weight_map\":{");
    lower.keySet().forEach(name -> index.append("\"%s\":\"model-1.safetensors\",".formatted(name)));
    others
        .keySet()
        .forEach(name -> index.append("\"%s\":\"model-2.safetensors\",".formatted(name)));
    index.setLength(index.length() - 1);
    Files.writeString(folder.resolve("model.safetensors.index.json"), index + "}}");
    return folder;
  }

  public Path write(String fileName, Map<String, Tensor> content) throws IOException {
    List<SafetensorsHeader.Form> forms = content.values().stream().map(Tensor::form).toList();
    try (OutputStream out = Files.newOutputStream(folder.resolve(fileName))) {
      out.write(SafetensorsHeader.encode(forms, Map.of("format", "pt")));
      for (Tensor tensor : content.values()) {
        out.write(tensor.bytes());
      }
    }
    return folder;
  }
}
