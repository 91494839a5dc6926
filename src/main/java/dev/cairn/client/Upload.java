package dev.cairn.client;

import dev.cairn.terminal.NamedFile;
import dev.cairn.terminal.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Brings a file to a server and waits until it can be asked, with progress. */
public final class Upload {

  private final Server server;
  private final PrintWriter err;

  /**
   * @param err takes the progress where there is no terminal
   */
  public Upload(Server server, PrintWriter err) {
    this.server = server;
    this.err = err;
  }

  /**
   * @param title null for the file's name
   * @param stored told of the document's id once the server has the whole file
   * @throws NamedFile.Unusable when it is no file with something in it
   * @throws ServerProblemException when the server refuses the file or cannot encode it
   */
  public Encoded run(String corpus, Path file, @Nullable String title, Consumer<String> stored)
      throws IOException, InterruptedException {
    String id = send(corpus, file, title).path("id").asString();
    stored.accept(id);
    return new EncodingWatch(server, err).follow(id);
  }

  private JsonNode send(String corpus, Path file, @Nullable String title) throws IOException {
    long bytes = Files.size(NamedFile.filled(file));
    try (var progress = Progress.of(err, "Uploading", "bytes")) {
      return server.upload(corpus, file, title, sent -> progress.reach(sent, bytes));
    }
  }
}
