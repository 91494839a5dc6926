package dev.cairn.checkpoint;

import dev.cairn.gguf.GgufMetadata;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a decoder is called by its own files.
 *
 * @param text empty when they do not say
 */
record BaseName(String text) {

  private static final String GGUF_KEY = "general.name";

  /**
   * @param path a folder, or a file of a GGUF model
   */
  static BaseName of(Path path) {
    if (ModelFolder.isGguf(path)) {
      GgufMetadata metadata = Checkpoint.ggufMetadata(path);
      return new BaseName(metadata.has(GGUF_KEY) ? metadata.text(GGUF_KEY) : "");
    }
    @Nullable JsonFile config = JsonFile.readIfPresent(path.resolve("config.json"));
    return new BaseName(config == null ? "" : config.text("_name_or_path", ""));
  }

  /**
   * That something was trained on another decoder, where both names are known. A name may be a path
   * whose last part counts, and files write one name with blanks or with hyphens.
   */
  Optional<String> warning(String trainedOn) {
    boolean differs =
        !text.isEmpty() && !trainedOn.isEmpty() && !plain(text).equals(plain(trainedOn));
    return differs
        ? Optional.of("The adapter was trained on %s, the decoder is %s".formatted(trainedOn, text))
        : Optional.empty();
  }

  private static String plain(String name) {
    return name.replaceFirst("/+$", "")
        .replaceFirst(".*/", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
