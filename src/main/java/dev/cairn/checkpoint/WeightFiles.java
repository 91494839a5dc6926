package dev.cairn.checkpoint;

import static java.util.Objects.requireNonNull;

import dev.cairn.safetensors.SafetensorsException;
import dev.cairn.safetensors.SafetensorsFile;
import dev.cairn.safetensors.TensorEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
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
 * model.safetensors.index.json} names, else all {@code model*.safetensors}. Tensors are found by
 * name whatever file they lie in.
 */
public final class WeightFiles implements AutoCloseable {

  private static final String INDEX = "model.safetensors.index.json";

  private final List<Path> paths = new ArrayList<>();
  private final List<OpenFile> files = new ArrayList<>();
  private final SortedMap<String, Place> places = new TreeMap<>();

  private record OpenFile(Path path, SafetensorsFile content) {

    void read(TensorEntry entry, ByteBuffer target) {
      try {
        content.read(entry, target);
      } catch (SafetensorsException e) {
        throw CheckpointException.of(path, e);
      } catch (IOException e) {
        throw JsonFile.unreadable(path, e);
      }
    }

    void close() {
      try {
        content.close();
      } catch (IOException e) {
        throw JsonFile.unreadable(path, e);
      }
    }
  }

  private record Place(OpenFile file, TensorEntry entry) {}

  private WeightFiles() {}

  /**
   * @throws CheckpointException when a file is missing, malformed or truncated, or does not hold a
   *     tensor that the index places in it
   */
  public static WeightFiles open(Path folder) {
    WeightFiles weights = new WeightFiles();
    try {
      Path index = folder.resolve(INDEX);
      if (Files.exists(index)) {
        weights.openIndexed(index);
      } else {
        weights.openWithoutIndex(folder);
      }
      weights.addLearnedRows(folder.resolve(LayersCheckpoint.LEARNED_ROWS));
      return weights;
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  /**
   * The tensors of one file of any name.
   *
   * @throws CheckpointException when it is missing, malformed or truncated
   */
  static WeightFiles ofOne(Path file) {
    WeightFiles weights = new WeightFiles();
    weights.addAll(file);
    return weights;
  }

  private void openIndexed(Path index) {
    Map<String, String> fileOfTensor = JsonFile.read(index).texts("weight_map");
    paths.add(index);
    Map<String, OpenFile> byName = new TreeMap<>();
    for (String name : new TreeSet<>(fileOfTensor.values())) {
      requirePlainName(index, name);
      byName.put(name, openFile(index.resolveSibling(name)));
    }
    fileOfTensor.forEach((tensor, name) -> add(tensor, requireNonNull(byName.get(name))));
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
    OpenFile file = openFile(path);
    for (Map.Entry<String, TensorEntry> each : file.content().header().tensors().entrySet()) {
      if (places.put(each.getKey(), new Place(file, each.getValue())) != null) {
        throw new CheckpointException(
            CheckpointException.Reason.FILE_MALFORMED,
            "tensor %s is in %s and in another file beside it".formatted(each.getKey(), path));
      }
    }
  }

  private OpenFile openFile(Path path) {
    try {
      OpenFile file = new OpenFile(path, SafetensorsFile.open(path));
      files.add(file);
      paths.add(path);
      return file;
    } catch (SafetensorsException e) {
      throw CheckpointException.of(path, e);
    } catch (IOException e) {
      throw JsonFile.unreadable(path, e);
    }
  }

  private void add(String tensor, OpenFile file) {
    try {
      places.put(tensor, new Place(file, file.content().header().tensor(tensor)));
    } catch (SafetensorsException e) {
      throw CheckpointException.of(file.path(), e);
    }
  }

  /** Every file of the decoder that was read, the index included. */
  List<Path> paths() {
    return paths;
  }

  /** The names of all tensors, those that no configuration needs included. */
  Set<String> names() {
    return places.keySet();
  }

  /**
   * @throws CheckpointException when there is no such tensor
   */
  public TensorEntry entry(String name) {
    return place(name).entry();
  }

  private Place place(String name) {
    Place place = places.get(name);
    if (place == null) {
      throw new CheckpointException(
          CheckpointException.Reason.TENSOR_MISSING, "the weight files have no tensor " + name);
    }
    return place;
  }

  /**
   * Copies a tensor's bytes (little-endian) to the target's position and advances it.
   *
   * @param target with room for the entry's length
   */
  void read(String name, ByteBuffer target) {
    Place place = place(name);
    place.file().read(place.entry(), target);
  }

  @Override
  public void close() {
    for (OpenFile file : files) {
      file.close();
    }
  }
}
