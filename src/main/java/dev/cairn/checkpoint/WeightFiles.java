package dev.cairn.checkpoint;

import static java.util.Objects.requireNonNull;

import dev.cairn.gguf.GgufModel;
import dev.cairn.gguf.GgufTensor;
import dev.cairn.safetensors.SafetensorsException;
import dev.cairn.safetensors.SafetensorsFile;
import dev.cairn.safetensors.TensorEntry;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The weight files of a checkpoint, open for reading: those that a {@code
 * model.safetensors.index.json} names, else all {@code model*.safetensors}, or those of a GGUF
 * model. Tensors are found by the names that Hugging Face gives them whatever file they lie in.
 */
public final class WeightFiles implements AutoCloseable {

  private static final String INDEX = "model.safetensors.index.json";

  private final List<Path> paths = new ArrayList<>();
  private final List<AutoCloseable> files = new ArrayList<>();
  private final SortedMap<String, StoredTensor> tensors = new TreeMap<>();

  private final Path source;

  private WeightFiles(Path source) {
    this.source = source;
  }

  /**
   * @throws CheckpointException when a file is missing, malformed or truncated, or does not hold a
   *     tensor that the index places in it
   */
  public static WeightFiles open(Path folder) {
    WeightFiles weights = new WeightFiles(folder);
    try {
      weights.openDecoder(folder);
      weights.addLearnedRows(ModelFolder.of(folder).resolve(LayersCheckpoint.LEARNED_ROWS));
      return weights;
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  private void openDecoder(Path path) {
    Path index = path.resolve(INDEX);
    if (ModelFolder.isGguf(path)) {
      openGguf(path);
    } else if (Files.exists(index)) {
      openIndexed(index);
    } else {
      openWithoutIndex(path);
    }
  }

  private void openGguf(Path path) {
    GgufModel model = ModelFolder.openGguf(path);
    files.add(model);
    paths.addAll(model.paths());
    boolean interleaved = model.metadata().text("general.architecture").equals("llama");
    for (GgufTensor tensor : model.tensors().values()) {
      int heads = interleaved ? GgufConfig.interleavedHeads(model, tensor.name()) : 0;
      String name = GgufNames.of(tensor.name());
      tensors.put(name, new PackedTensor(model, tensor, name, heads));
    }
  }

  /**
   * The tensors of one file of any name.
   *
   * @throws CheckpointException when it is missing, malformed or truncated
   */
  static WeightFiles ofOne(Path file) {
    WeightFiles weights = new WeightFiles(file);
    weights.addAll(file);
    return weights;
  }

  private void openIndexed(Path index) {
    Map<String, String> fileOfTensor = JsonFile.read(index).texts("weight_map");
    paths.add(index);
    Map<String, SafetensorsFile> byName = new TreeMap<>();
    for (String name : new TreeSet<>(fileOfTensor.values())) {
      requirePlainName(index, name);
      byName.put(name, openFile(index.resolveSibling(name)));
    }
    fileOfTensor.forEach(
        (tensor, name) ->
            add(tensor, index.resolveSibling(name), requireNonNull(byName.get(name))));
  }

  private static void requirePlainName(Path index, String name) {
    if (!name.matches("model[\\w.-]*\\.safetensors")) {
      throw new CheckpointException(
          CheckpointException.Reason.FILE_MALFORMED,
          "%s names %s, which is not a weight file of its folder".formatted(index, name));
    }
  }

  private void openWithoutIndex(Path folder) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "model*.safetensors")) {
      stream.forEach(found::add);
    } catch (IOException e) {
      throw JsonFile.unreadable(folder, e);
    }
    if (found.isEmpty()) {
      throw new CheckpointException(
          CheckpointException.Reason.FILE_MISSING,
          "%s has no file model*.safetensors".formatted(folder));
    }
    found.stream().sorted().forEach(this::addAll);
  }

  private void addLearnedRows(Path path) {
    if (Files.exists(path)) {
      addAll(path);
      paths.removeLast();
    }
  }

  private void addAll(Path path) {
    SafetensorsFile file = openFile(path);
    for (TensorEntry entry : file.header().tensors().values()) {
      if (tensors.put(entry.name(), new SafetensorsTensor(path, file, entry)) != null) {
        throw new CheckpointException(
            CheckpointException.Reason.FILE_MALFORMED,
            "tensor %s is in %s and in another file beside it".formatted(entry.name(), path));
      }
    }
  }

  private SafetensorsFile openFile(Path path) {
    try {
      SafetensorsFile file = SafetensorsFile.open(path);
      files.add(file);
      paths.add(path);
      return file;
    } catch (SafetensorsException e) {
      throw CheckpointException.of(path, e);
    } catch (IOException e) {
      throw JsonFile.unreadable(path, e);
    }
  }

  private void add(String tensor, Path path, SafetensorsFile file) {
    try {
      tensors.put(tensor, new SafetensorsTensor(path, file, file.header().tensor(tensor)));
    } catch (SafetensorsException e) {
      throw CheckpointException.of(path, e);
    }
  }

  /** Every file of the decoder that was read, the index included. */
  List<Path> paths() {
    return paths;
  }

  boolean isGguf() {
    return files.getFirst() instanceof GgufModel;
  }

  /** The names of all tensors, those that no configuration needs included. */
  Set<String> names() {
    return tensors.keySet();
  }

  /**
   * @throws CheckpointException when there is no such tensor
   */
  public StoredTensor entry(String name) {
    StoredTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new CheckpointException(
          CheckpointException.Reason.TENSOR_MISSING,
          "%s: the weight files have no tensor %s".formatted(source, name));
    }
    return tensor;
  }

  @Override
  public void close() {
    for (AutoCloseable file : files) {
      try {
        file.close();
      } catch (Exception e) {
        throw new CheckpointException(
            CheckpointException.Reason.FILE_UNREADABLE, "a weight file cannot be closed", e);
      }
    }
  }
}
