package dev.cairn.cli;

import dev.cairn.client.Server;
import dev.cairn.client.ServerOptions;
import dev.cairn.evaluate.KnownQuestion;
import dev.cairn.evaluate.Outcome;
import dev.cairn.evaluate.Scores;
import dev.cairn.evaluate.Threshold;
import dev.cairn.terminal.NamedFile;
import dev.cairn.terminal.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Asks a server questions whose answers are known, and scores what it answers. */
@Command(
    name = "evaluate",
    description = {
      "Ask a server questions whose answers are known, in each retrieval mode, and score the"
          + " answers.",
      "FOLDER holds questions.jsonl (id, kind, question, answers and, when they say it, document,",
      "start and end of the passage) and documents/, which are uploaded when the corpus lacks"
          + " them.",
      "Every answer is taken whatever its evidence; what a least evidence would change is told."
    },
    footer = {
      "%nExamples:",
      "  cairn evaluate docs/evaluation/development",
      "  cairn evaluate docs/evaluation/development --retrieval attention --samples samples.jsonl"
    })
final class EvaluateCommand implements Callable<Integer> {

  /** A question without an answer has no passage. */
  private static final JsonMapper LINES =
      Server.JSON.rebuild().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  @Mixin private ServerOptions server = new ServerOptions();

  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "FOLDER", description = "Questions and documents.")
  private Path folder = Path.of("");

  @Option(
      names = "--corpus",
      paramLabel = "SLUG",
      defaultValue = "evaluation",
      description = "Where the documents are (default: ${DEFAULT-VALUE}).")
  private String corpus = "";

  @Option(
      names = "--retrieval",
      paramLabel = "MODE",
      split = ",",
      defaultValue = "attention,attention+sentence,attention+lexical,attention+sentence+lexical",
      description = "Modes to compare (default: all).")
  private List<String> modes = List.of();

  @Option(
      names = "--samples",
      paramLabel = "FILE",
      description = "Write each question and its answer to this file, a line of JSON each.")
  private @Nullable Path samples;

  /** Of one mode. */
  record Result(
      String retrieval, Scores scores, Map<String, Scores> kinds, List<Threshold> thresholds) {

    static Result of(String mode, List<Outcome> outcomes) {
      Map<String, List<Outcome>> kinds = new LinkedHashMap<>();
      outcomes.forEach(
          each ->
              kinds.computeIfAbsent(each.question().kind(), kind -> new ArrayList<>()).add(each));
      Map<String, Scores> scores = new LinkedHashMap<>();
      kinds.forEach((kind, ofKind) -> scores.put(kind, Scores.of(ofKind)));
      return new Result(mode, Scores.of(outcomes), scores, Threshold.sweep(outcomes));
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<KnownQuestion> questions = questions(NamedFile.filled(folder.resolve("questions.jsonl")));
    Evaluation evaluation = new Evaluation(server.connect(), corpus, output.err());
    evaluation.upload(folder.resolve("documents"));
    List<Result> results = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String mode : modes) {
      List<Outcome> outcomes = evaluation.ask(questions, mode, lines::add);
      results.add(Result.of(mode, outcomes));
    }
    if (samples != null) {
      Files.write(samples, lines);
    }
    if (output.json()) {
      output.item(results);
    } else {
      results.forEach(each -> EvaluationTable.print(each, output.out()));
    }
    return 0;
  }

  private static List<KnownQuestion> questions(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<KnownQuestion> questions = new ArrayList<>();
    for (String line : lines) {
      questions.add(question(line, file, questions.size() + 1));
    }
    return questions;
  }

  private static KnownQuestion question(String line, Path file, int number) {
    try {
      return LINES.readValue(line, KnownQuestion.class);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "Line %d of %s is no question: %s".formatted(number, file, e.getOriginalMessage()), e);
    }
  }
}
