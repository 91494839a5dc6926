package dev.cairn.cli;

import dev.cairn.client.ServerOptions;
import dev.cairn.terminal.Output;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The answers that a server keeps. */
@Command(
    name = "answer",
    description = "List, show and delete answers that were given.",
    footer = {"%nExamples:", "  cairn answer list"})
final class AnswerCommand {

  @Command(
      name = "list",
      description = "List the answers, the newest first: id, time, state and question.",
      footer = {"%nExamples:", "  cairn answer list --json"})
  void list(@Mixin ServerOptions server, @Mixin Output output) {
    output.list(server.connect().list("answers"), AnswerCommand::row);
  }

  @Command(
      name = "show",
      description = "Show one answer as it was given.",
      footer = {"%nExamples:", "  cairn answer show 01890a5d-ac96-774b-bcce-b302099a8057"})
  void show(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Mixin Passages passages,
      @Parameters(paramLabel = "ID", description = "The answer.") String id) {
    JsonNode answer = server.connect().get("answers/%s", id);
    if (!output.json()) {
      output.out().printf("? %s%n", answer.path("question").asString());
    }
    passages.print(answer, output);
  }

  @Command(
      name = "delete",
      description = "Delete one answer.",
      footer = {"%nExamples:", "  cairn answer delete 01890a5d-ac96-774b-bcce-b302099a8057"})
  void delete(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Parameters(paramLabel = "ID", description = "The answer.") String id) {
    server.connect().delete("answers/%s", id);
    output.done(Map.of("deleted", id), "Deleted answer %s.", id);
  }

  private static String row(JsonNode answer) {
    return "%s  %s  %-9s  %s"
        .formatted(
            answer.path("id").asString(),
            answer.path("createdAt").asString(),
            answer.path("state").asString(),
            answer.path("question").asString().replaceAll("\\s+", " "));
  }
}
