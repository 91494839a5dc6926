package dev.cairn.cli;

import dev.cairn.client.ServerOptions;
import dev.cairn.terminal.Output;
import dev.cairn.terminal.Progress;
import java.util.LinkedHashMap;
import java.util.List;
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
    description = {
      "Ask the documents of one corpus, or of several, a question.",
      "Prints the answer with the three weightiest passages that it was read from, none that is"
          + " weak; when all are weak, the first."
    },
    footer = {
      "%nExamples:",
      "  cairn ask --corpus library \"When did Kofi Osei sign the contract?\"",
      "  cairn ask --corpus library,archive --min-evidence 0.6 \"Who signed?\"",
      "  cairn ask --corpus library --document 01890a5d-ac96-774b-bcce-b302099a8057 \"Who?\""
    })
final class AskCommand implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();

  @Mixin private Output output = new Output();

  @Option(
      names = "--corpus",
      required = true,
      split = ",",
      paramLabel = "SLUG",
      description = "The corpus to ask; several with commas between them, or the option again.")
  private List<String> corpora = List.of();

  @Option(
      names = "--document",
      split = ",",
      paramLabel = "ID",
      description = "Read this document of theirs alone; several as with --corpus.")
  private List<String> documents = List.of();

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
      names = "--min-evidence",
      paramLabel = "X",
      description = {
        "An answer with less evidence becomes \"The documents do not say.\"; -1 takes every answer as",
        "it is written (default: the server's)."
      })
  private @Nullable Double minEvidence;

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

  @Mixin private Passages passages = new Passages();

  @Override
  public Integer call() {
    passages.print(answer(), output);
    return 0;
  }

  private JsonNode answer() {
    try (var progress = Progress.of("Asking " + String.join(", ", corpora))) {
      return server.connect().post(body(), "questions");
    }
  }

  private Map<String, Object> body() {
    var body = new LinkedHashMap<String, Object>();
    body.put("question", question);
    body.put("scope", scope());
    put(body, "minEvidence", minEvidence);
    put(body, "retrieval", retrieval);
    put(body, "maxTokens", maxTokens);
    put(body, "temperature", temperature);
    put(body, "topP", topP);
    put(body, "seed", seed);
    return body;
  }

  private Map<String, Object> scope() {
    return documents.isEmpty()
        ? Map.of("corpora", corpora)
        : Map.of("corpora", corpora, "documents", documents);
  }

  private static void put(Map<String, Object> body, String name, @Nullable Object value) {
    if (value != null) {
      body.put(name, value);
    }
  }
}
