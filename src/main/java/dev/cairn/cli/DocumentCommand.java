package dev.cairn.cli;

import dev.cairn.client.Encoded;
import dev.cairn.client.EncodingWatch;
import dev.cairn.client.Server;
import dev.cairn.client.ServerOptions;
import dev.cairn.client.Upload;
import dev.cairn.terminal.InterruptAdvice;
import dev.cairn.terminal.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
    description = "Upload, list, show, encode again and delete documents.",
    footer = {"%nExamples:", "  cairn document upload --corpus library war-and-peace.txt"})
final class DocumentCommand {

  private static final String CORPUS = "The corpus; it is made when there is none of that name.";

  @Command(
      name = "upload",
      description = {
        "Upload files into a corpus, each when the one before can be asked.",
        "All are looked at first. One that the server refuses does not stop the others; the exit"
            + " code is 1 then. With --json several files give an array, one file its object."
      },
      footer = {
        "%nExamples:",
        "  cairn document upload --corpus library war-and-peace.txt",
        "  cairn document upload --corpus library letters.txt diary.md"
      })
  int upload(
      @Mixin ServerOptions options,
      @Mixin Output output,
      @Option(names = "--corpus", required = true, paramLabel = "SLUG", description = CORPUS)
          String corpus,
      @Option(
              names = "--title",
              paramLabel = "TEXT",
              description = "Of one file (default: its name).")
          @Nullable String title,
      @Parameters(arity = "1..*", paramLabel = "FILE", description = "Text, Markdown or HTML.")
          List<Path> files)
      throws IOException, InterruptedException {
    requireOneTitle(title, files, output);
    return new Uploads(new Upload(options.connect(), output.err()), output, corpus, title)
        .run(files);
  }

  private static void requireOneTitle(@Nullable String title, List<Path> files, Output output) {
    if (title != null && files.size() > 1) {
      throw output.wrongCommandLine("a --title is for one FILE; several have their names");
    }
  }

  @Command(
      name = "encode",
      description = {
        "Encode a document again and wait until it can be asked: one that is stale, corrupt,",
        "cancelled or failed, or any."
      },
      footer = {"%nExamples:", "  cairn document encode 01890a5d-ac96-774b-bcce-b302099a8057"})
  void encode(
      @Mixin ServerOptions options,
      @Mixin Output output,
      @Parameters(paramLabel = "ID", description = "The document.") String id)
      throws InterruptedException {
    Server server = options.connect();
    server.post("documents/%s/encodings", id);
    try (var advice = new InterruptAdvice(output.err(), Uploads.AFTER.formatted(id))) {
      Encoded encoded = new EncodingWatch(server, output.err()).follow(id);
      output.done(encoded.document(), "%s: %s", id, encoded.summary());
    }
  }

  @Command(
      name = "list",
      description = {
        "List the documents of a corpus in the order in which they joined.",
        "Without one, all documents, also those that have left every corpus: a document has its",
        "title in a corpus, so each is listed with its media type and the time that it came."
      },
      footer = {"%nExamples:", "  cairn document list --corpus library", "  cairn document list"})
  void list(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Option(names = "--corpus", paramLabel = "SLUG", description = "The corpus (default: all).")
          @Nullable String corpus) {
    if (corpus == null) {
      output.list(server.connect().list("documents"), DocumentCommand::row);
    } else {
      output.list(server.connect().list("corpora/%s/documents", corpus), DocumentCommand::row);
    }
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
            document.path("title").asString(untitled(document)));
  }

  private static String untitled(JsonNode document) {
    return "%s, %s"
        .formatted(document.path("mediaType").asString(), document.path("createdAt").asString());
  }
}
