package dev.cairn.cli;

import dev.cairn.client.Encoded;
import dev.cairn.client.ServerOptions;
import dev.cairn.client.Upload;
import dev.cairn.terminal.InterruptAdvice;
import dev.cairn.terminal.Output;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The documents of a server. */
@Command(
    name = "document",
    description = "Upload, list, show and delete documents.",
    footer = {"%nExamples:", "  cairn document upload --corpus library war-and-peace.txt"})
final class DocumentCommand {

  private static final String CORPUS = "The corpus; it is made when there is none of that name.";

  private static final String BEFORE =
      "Interrupted while uploading; to go on, run the same command again.";

  private static final String AFTER =
      "Interrupted; the server goes on encoding. To see how far it is: cairn document show %s";

  @Command(
      name = "upload",
      description = "Upload a file into a corpus and wait until it can be asked.",
      footer = {"%nExamples:", "  cairn document upload --corpus library war-and-peace.txt"})
  void upload(
      @Mixin ServerOptions options,
      @Mixin Output output,
      @Option(names = "--corpus", required = true, paramLabel = "SLUG", description = CORPUS)
          String corpus,
      @Option(
              names = "--title",
              description = "Shown to readers (default: made from the file's name).")
          @Nullable String title,
      @Parameters(paramLabel = "FILE", description = "Text, Markdown or HTML.") Path file)
      throws IOException, InterruptedException {
    Encoded encoded =
        upload(new Upload(options.connect(), output.err()), output.err(), corpus, file, title);
    output.done(encoded.document(), "%s: %s", encoded.document().id(), encoded.summary());
  }

  private static Encoded upload(
      Upload upload, PrintWriter err, String corpus, Path file, @Nullable String title)
      throws IOException, InterruptedException {
    try (var advice = new InterruptAdvice(err, BEFORE)) {
      return upload.run(corpus, file, title, id -> advice.change(AFTER.formatted(id)));
    }
  }

  @Command(
      name = "list",
      description = "List the documents of a corpus in the order in which they joined.",
      footer = {"%nExamples:", "  cairn document list --corpus library"})
  void list(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Option(names = "--corpus", required = true, paramLabel = "SLUG", description = "The corpus.")
          String corpus) {
    output.list(server.connect().list("corpora/%s/documents", corpus), DocumentCommand::row);
  }

  @Command(
      name = "show",
      description = "Show one document.",
      footer = {"%nExamples:", "  cairn document show 01890a5d-ac96-774b-bcce-b302099a8057"})
  void show(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Parameters(paramLabel = "ID", description = "The document.") String id) {
    output.item(server.connect().get("documents/%s", id));
  }

  @Command(
      name = "delete",
      description = "Delete a document everywhere, or take it out of one corpus.",
      footer = {"%nExamples:", "  cairn document delete 01890a5d-ac96-774b-bcce-b302099a8057"})
  void delete(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Option(names = "--corpus", paramLabel = "SLUG", description = "Only leave this corpus.")
          @Nullable String corpus,
      @Parameters(paramLabel = "ID", description = "The document.") String id) {
    if (corpus == null) {
      server.connect().delete("documents/%s", id);
      output.done(Map.of("deleted", id), "Deleted document %s everywhere.", id);
    } else {
      server.connect().delete("corpora/%s/documents/%s", corpus, id);
      output.done(Map.of("left", id, "corpus", corpus), "Document %s left corpus %s.", id, corpus);
    }
  }

  private static String row(JsonNode document) {
    return "%s  %-10s %3d %%  %,12d tokens  %s"
        .formatted(
            document.path("id").asString(),
            document.path("stage").asString(),
            document.path("percent").asInt(),
            document.path("tokens").asLong(),
            document.path("title").asString());
  }
}
