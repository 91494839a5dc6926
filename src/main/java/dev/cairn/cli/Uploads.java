package dev.cairn.cli;

import dev.cairn.catalogue.DocumentStatus;
import dev.cairn.client.Encoded;
import dev.cairn.client.ServerProblemException;
import dev.cairn.client.Upload;
import dev.cairn.terminal.InterruptAdvice;
import dev.cairn.terminal.NamedFile;
import dev.cairn.terminal.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings files into a corpus, one after the other. */
final class Uploads {

  static final String AFTER =
      "Interrupted; the server goes on encoding. To see how far it is: cairn document show %s";

  private static final String BEFORE =
      "Interrupted while uploading; to go on, run the same command again.";

  private final Upload upload;
  private final Output output;
  private final String corpus;
  private final @Nullable String title;

  /**
   * @param title null for each file's name
   */
  Uploads(Upload upload, Output output, String corpus, @Nullable String title) {
    this.upload = upload;
    this.output = output;
    this.corpus = corpus;
    this.title = title;
  }

  /**
   * The exit code.
   *
   * @throws NamedFile.Unusable when one cannot be used; nothing was sent then
   */
  int run(List<Path> files) throws IOException, InterruptedException {
    for (Path file : files) {
      NamedFile.filled(file);
    }
    return files.size() == 1 ? one(files.getFirst()) : several(files);
  }

  private int one(Path file) throws IOException, InterruptedException {
    Encoded encoded = upload(file);
    output.done(encoded.document(), "%s", line(file, encoded));
    return 0;
  }

  private int several(List<Path> files) throws IOException, InterruptedException {
    List<DocumentStatus> encoded = new ArrayList<>();
    for (Path file : files) {
      try {
        encoded.add(oneOfSeveral(file));
      } catch (ServerProblemException e) {
        output.err().printf("%s: %s%n", file, e.getMessage());
      }
    }
    if (output.json()) {
      output.item(encoded);
    }
    return encoded.size() == files.size() ? 0 : CairnCommand.FAILED;
  }

  private DocumentStatus oneOfSeveral(Path file) throws IOException, InterruptedException {
    Encoded encoded = upload(file);
    if (!output.json()) {
      output.out().println(line(file, encoded));
    }
    return encoded.document();
  }

  private Encoded upload(Path file) throws IOException, InterruptedException {
    try (var advice = new InterruptAdvice(output.err(), BEFORE)) {
      return upload.run(corpus, file, title, id -> advice.change(AFTER.formatted(id)));
    }
  }

  private static String line(Path file, Encoded encoded) {
    return "%s: %s, %s".formatted(encoded.document().id(), file.getFileName(), encoded.summary());
  }
}
