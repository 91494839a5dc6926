package dev.cairn.cli;

import dev.cairn.terminal.NamedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A document with questions about it: the bundled one, or the user's own.
 *
 * @param corpus where the demo puts it
 */
record DemoText(Path file, String corpus, List<String> questions) {

  private static final String BUNDLED = "the-magic-fishbone.txt";

  /** The bundled text, copied out of the program into the folder. */
  static DemoText bundled(Path folder) throws IOException {
    Path file = Files.createDirectories(folder).resolve(BUNDLED);
    try (InputStream text = resource(BUNDLED)) {
      Files.copy(text, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return new DemoText(file, "demo", bundledQuestions());
  }

  /** A file of the user's; each content has a corpus of its own, so nothing else is read. */
  static DemoText of(Path file, String question) throws IOException {
    return new DemoText(
        file, "demo-" + sha256(NamedFile.filled(file)).substring(0, 8), List.of(question));
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      bytes.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
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
