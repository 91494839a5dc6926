package dev.cairn.gguf;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A whole model in GGUF: one file, or all the parts of a split one. Its metadata are the first
 * part's; its tensors are found by name whatever part they lie in. Safe for many threads, as {@link
 * GgufFile}.
 */
public final class GgufModel implements AutoCloseable {

  private static final String PART = "split.no";
  private static final String PARTS = "split.count";
  private static final String TENSORS = "split.tensors.count";

  private final List<GgufFile> files = new ArrayList<>();
  private final SortedMap<String, GgufTensor> tensors = new TreeMap<>();
  private final SortedMap<String, GgufFile> places = new TreeMap<>();

  private GgufModel() {}

  /**
   * @param path a folder with the files of one model, or any one file of a model
   * @throws GgufException when the folder has no model or several, or when a file is malformed,
   *     missing or no part of this model
   */
  public static GgufModel open(Path path) throws IOException {
    GgufModel model = new GgufModel();
    try {
      List<Path> paths = ModelPaths.of(path);
      for (int part = 0; part < paths.size(); part++) {
        model.add(paths.get(part), part, paths.size());
      }
      model.requireAllTensors();
      return model;
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private void add(Path path, int part, int parts) throws IOException {
    GgufFile file = GgufFile.open(path);
    files.add(file);
    requirePart(file.metadata(), part, parts);
    for (GgufTensor tensor : file.tensors().values()) {
      GgufFile other = places.put(tensor.name(), file);
      if (other != null) {
        throw invalid("%s and %s both have tensor %s".formatted(other.path(), path, tensor.name()));
      }
      tensors.put(tensor.name(), tensor);
    }
  }

  /** The metadata count the parts from 0, their names from 1. */
  private static void requirePart(GgufMetadata metadata, int part, int parts) {
    int found = metadata.has(PART) ? metadata.count(PART) : 0;
    int count = metadata.has(PARTS) ? Math.max(1, metadata.count(PARTS)) : 1;
    if (found != part || count != parts) {
      throw invalid(
          "%s says that it is part %d of %d; part %d of %d belongs there"
              .formatted(metadata.file(), found + 1L, count, part + 1, parts));
    }
  }

  private void requireAllTensors() {
    for (GgufFile file : files) {
      GgufMetadata metadata = file.metadata();
      if (metadata.has(TENSORS) && metadata.count(TENSORS) != tensors.size()) {
        throw invalid(
            "%s says that the model has %d tensors, its %d parts have %d"
                .formatted(file.path(), metadata.count(TENSORS), files.size(), tensors.size()));
      }
    }
  }

  private static GgufException invalid(String message) {
    return new GgufException(GgufException.Reason.PARTS_INVALID, message);
  }

  /** Of the first part, which holds what is said of the whole. */
  public GgufMetadata metadata() {
    return files.getFirst().metadata();
  }

  /** All tensors by name. */
  public SortedMap<String, GgufTensor> tensors() {
    return Collections.unmodifiableSortedMap(tensors);
  }

  /** The files, in the order of the parts. */
  public List<Path> paths() {
    return files.stream().map(GgufFile::path).toList();
  }

  /**
   * @throws GgufException when there is no such tensor
   */
  public GgufTensor tensor(String name) {
    GgufTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new GgufException(
          GgufException.Reason.TENSOR_MISSING,
          "%s has no tensor %s".formatted(metadata().file(), name));
    }
    return tensor;
  }

  /**
   * Copies bytes of a tensor until the target is full, and advances it.
   *
   * @param from the first byte to copy, counted from the tensor's first
   * @param target with no more room than the tensor has bytes from there on
   * @throws GgufException when there is no such tensor, or when its file was truncated meanwhile
   */
  public void read(String name, long from, ByteBuffer target) throws IOException {
    GgufTensor tensor = tensor(name);
    requireNonNull(places.get(name)).read(tensor, from, target);
  }

  @Override
  public void close() throws IOException {
    for (GgufFile file : files) {
      file.close();
    }
  }
}
