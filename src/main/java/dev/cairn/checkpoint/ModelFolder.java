package dev.cairn.checkpoint;

import dev.cairn.gguf.GgufException;
import dev.cairn.gguf.GgufModel;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a checkpoint lies: a folder, or one file of a GGUF model in a folder. */
final class ModelFolder {

  private static final String GGUF = ".gguf";

  private ModelFolder() {}

  /** The folder in which all lies that stands beside the decoder. */
  static Path of(Path path) {
    return Files.isRegularFile(path) ? path.toAbsolutePath().resolveSibling("") : path;
  }

  /** Whether the decoder is a GGUF model: a file of that name, or a folder without safetensors. */
  static boolean isGguf(Path path) {
    if (Files.isRegularFile(path)) {
      return path.getFileName().toString().endsWith(GGUF);
    }
    return has(path, "*" + GGUF) && !has(path, "model*.safetensors");
  }

  private static boolean has(Path folder, String glob) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
      return found.iterator().hasNext();
    } catch (IOException e) {
      throw JsonFile.unreadable(folder, e);
    }
  }

  /**
   * @throws CheckpointException when the files are missing, malformed, truncated or of two models
   */
  static GgufModel openGguf(Path path) {
    try {
      return GgufModel.open(path);
    } catch (GgufException e) {
      throw CheckpointException.of(e);
    } catch (IOException e) {
      throw JsonFile.unreadable(path, e);
    }
  }
}
