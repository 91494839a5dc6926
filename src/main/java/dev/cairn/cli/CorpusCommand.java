package dev.cairn.cli;

import dev.cairn.client.ServerOptions;
import dev.cairn.terminal.Output;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The corpora of a server. */
@Command(
    name = "corpus",
    description = "Create, list, show and delete corpora.",
    footer = {"%nExamples:", "  cairn corpus list"})
final class CorpusCommand {

  @Command(
      name = "create",
      description = {
        "Make an empty corpus; the first upload into one makes it, too.",
        "One that is there already stays as it is."
      },
      footer = {"%nExamples:", "  cairn corpus create library"})
  void create(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Parameters(paramLabel = "SLUG", description = "Its name: of a-z, 0-9 and -, at most 64.")
          String slug) {
    output.done(server.connect().put("corpora/%s", slug), "The corpus %s is there.", slug);
  }

  @Command(
      name = "list",
      description = "List the corpora by name.",
      footer = {"%nExamples:", "  cairn corpus list --json"})
  void list(@Mixin ServerOptions server, @Mixin Output output) {
    output.list(server.connect().list("corpora"), CorpusCommand::row);
  }

  @Command(
      name = "show",
      description = "Show one corpus.",
      footer = {"%nExamples:", "  cairn corpus show library"})
  void show(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Parameters(paramLabel = "SLUG", description = "The corpus.") String slug) {
    output.item(server.connect().get("corpora/%s", slug));
  }

  @Command(
      name = "delete",
      description = "Delete a corpus; its documents stay.",
      footer = {"%nExamples:", "  cairn corpus delete library"})
  void delete(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Parameters(paramLabel = "SLUG", description = "The corpus.") String slug) {
    server.connect().delete("corpora/%s", slug);
    output.done(Map.of("deleted", slug), "Deleted corpus %s; its documents stay.", slug);
  }

  private static String row(JsonNode corpus) {
    return "%-40s %s"
        .formatted(corpus.path("slug").asString(), corpus.path("createdAt").asString());
  }
}
