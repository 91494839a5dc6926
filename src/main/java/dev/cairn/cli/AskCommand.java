package dev.cairn.cli;

import dev.cairn.client.PrintedAnswer;
import dev.cairn.client.ServerOptions;
import dev.cairn.terminal.Output;
import dev.cairn.terminal.Progress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Asks a question. */
@Command(
    name = "ask",
    description = "Ask the documents of a corpus a question.",
    footer = {
      "%nExamples:",
      "  cairn ask --corpus library \"When did Kofi Osei sign the contract?\""
    })
final class AskCommand implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();

  @Mixin private Output output = new Output();

  @Option(
      names = "--corpus",
      required = true,
      paramLabel = "SLUG",
      description = "The corpus to ask.")
  private String corpus = "";

  @Parameters(paramLabel = "QUESTION", description = "The question.")
  private String question = "";

  @Option(
      names = "--retrieval",
      paramLabel = "MODE",
      description = {
        "What chunks are chosen by: attention, attention+sentence, attention+lexical or",
        "attention+sentence+lexical (default: the server's)."
      })
  private @Nullable String retrieval;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "The longest answer (default: the server's).")
  private @Nullable Integer maxTokens;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "0 takes the likeliest token (default); above 0 draws.")
  private @Nullable Double temperature;

  @Option(names = "--top-p", paramLabel = "P", description = "Draw from the likeliest tokens only.")
  private @Nullable Double topP;

  @Option(names = "--seed", paramLabel = "N", description = "The seed of the draws.")
  private @Nullable Long seed;

  @Override
  public Integer call() {
    JsonNode answer = answer();
    if (output.json()) {
      output.item(answer);
    } else {
      PrintedAnswer.of(answer).print(output.out());
    }
    return 0;
  }

  private JsonNode answer() {
    try (var progress = Progress.of("Asking " + corpus)) {
      return server.connect().post(body(), "corpora/%s/questions", corpus);
    }
  }

  private Map<String, Object> body() {
    var body = new LinkedHashMap<String, Object>();
    body.put("question", question);
    put(body, "retrieval", retrieval);
    put(body, "maxTokens", maxTokens);
    put(body, "temperature", temperature);
    put(body, "topP", topP);
    put(body, "seed", seed);
    return body;
  }

  private static void put(Map<String, Object> body, String name, @Nullable Object value) {
    if (value != null) {
      body.put(name, value);
    }
  }
}
