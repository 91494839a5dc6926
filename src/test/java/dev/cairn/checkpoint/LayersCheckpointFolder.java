package dev.cairn.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A copy of a golden checkpoint of a pretrained decoder, to be changed in one place. */
public final class LayersCheckpointFolder {

  public static final String MODEL = "model.safetensors";
  static final String ADAPTER = "adapter_model.safetensors";
  public static final String MEMORY = "memory.safetensors";

  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  private final Path folder;

  private LayersCheckpointFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * @param variant the name of the golden folder
   * @param folder to be emptied and filled
   */
  public static LayersCheckpointFolder copy(String variant, Path folder) throws IOException {
    try (DirectoryStream<Path> old = Files.newDirectoryStream(folder);
        DirectoryStream<Path> files = Files.newDirectoryStream(GOLDEN.resolve(variant))) {
      for (Path file : old) {
        Files.delete(file);
      }
      for (Path file : files) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    return new LayersCheckpointFolder(folder);
  }

  public Path path() {
    return folder;
  }

  public Path path(String file) {
    return folder.resolve(file);
  }

  public Checkpoint open() {
    return Checkpoint.open(folder);
  }

  /** Removes a file. */
  public LayersCheckpointFolder without(String file) throws IOException {
    Files.delete(path(file));
    return this;
  }

  /** Without an adapter, whether there was one or not. */
  public LayersCheckpointFolder withoutAdapter() throws IOException {
    Files.deleteIfExists(path("adapter_config.json"));
    Files.deleteIfExists(path(ADAPTER));
    return this;
  }

  LayersCheckpointFolder text(String file, String text) throws IOException {
    Files.writeString(path(file), text);
    return this;
  }

  /** Changes a JSON object, which is made where there is none. */
  public LayersCheckpointFolder json(String file, Consumer<ObjectNode> change) throws IOException {
    ObjectNode object =
        Files.exists(path(file))
            ? (ObjectNode) JsonMapper.shared().readTree(Files.readAllBytes(path(file)))
            : JsonNodeFactory.instance.objectNode();
    change.accept(object);
    return text(file, object.toString());
  }

  static JsonNode value(String json) {
    return JsonMapper.shared().readTree(json);
  }

  public LayersCheckpointFolder config(Consumer<ObjectNode> change) throws IOException {
    return json("config.json", change);
  }

  EditedTensors tensors(String file) throws IOException {
    return EditedTensors.read(path(file));
  }

  public LayersCheckpointFolder tensors(String file, Consumer<EditedTensors> change)
      throws IOException {
    EditedTensors tensors = tensors(file);
    change.accept(tensors);
    tensors.write(path(file));
    return this;
  }

  public LayersCheckpointFolder model(Consumer<EditedTensors> change) throws IOException {
    return tensors(MODEL, change);
  }

  /** Two files in place of one, with the index that names what lies where. */
  LayersCheckpointFolder intoShards() throws IOException {
    EditedTensors tensors = tensors(MODEL);
    List<String> names = List.copyOf(tensors.names());
    List<String> first = names.subList(0, names.size() / 2);
    tensors.write(path("model-00001-of-00002.safetensors"), first);
    tensors.write(
        path("model-00002-of-00002.safetensors"), names.subList(first.size(), names.size()));
    without(MODEL);
    return json(
        "model.safetensors.index.json",
        index -> {
          ObjectNode files = index.putObject("weight_map");
          for (String name : names) {
            int number = first.contains(name) ? 1 : 2;
            files.put(name, "model-0000%d-of-00002.safetensors".formatted(number));
          }
        });
  }

  LayersCheckpointFolder cut(String file, long length) {
    try (FileChannel channel = FileChannel.open(path(file), StandardOpenOption.WRITE)) {
      channel.truncate(length);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** That it is refused by all of these words. */
  public void assertRefused(String... words) {
    assertRefused(folder, words);
  }

  static void assertRefused(Path checkpoint, String... words) {
    assertThatThrownBy(() -> Checkpoint.open(checkpoint))
        .isInstanceOfSatisfying(
            CheckpointException.class, e -> assertThat(e.getMessage()).contains(words));
  }
}
