package dev.cairn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/**
 * A document with questions about it: the bundled one, or the user's own.
 *
 * @param corpus where the demo puts it
 */
record DemoText(Path file, String corpus, List<String> questions) {

  private static final String BUNDLED = "the-empty-house.txt";

  /** The bundled text, copied out of the program into the folder. */
  static DemoText bundled(Path folder) throws IOException {
    Path file = Files.createDirectories(folder).resolve(BUNDLED);
    try (InputStream text = resource(BUNDLED)) {
      Files.copy(text, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return new DemoText(file, "demo", bundledQuestions());
  }

  /** A file of the user's; each has a corpus of its own, so that questions read nothing else. */
  static DemoText of(Path file, String question) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    String slug = name.replaceAll("[^a-z0-9]+", "-");
    return new DemoText(
        file, "demo-" + slug.substring(0, Math.min(slug.length(), 50)), List.of(question));
  }

  private static List<String> bundledQuestions() {
    try (InputStream questions = resource("questions.txt")) {
      return new String(questions.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource(String name) {
    InputStream found = DemoText.class.getResourceAsStream("/demo/" + name);
    if (found == null) {
      throw new IllegalStateException("the program lacks demo/" + name);
    }
    return found;
  }
}
