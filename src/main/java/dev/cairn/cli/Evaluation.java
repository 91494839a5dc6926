package dev.cairn.cli;

import dev.cairn.client.Server;
import dev.cairn.client.ServerProblemException;
import dev.cairn.client.Upload;
import dev.cairn.evaluate.AnswerScore;
import dev.cairn.evaluate.KnownQuestion;
import dev.cairn.evaluate.Outcome;
import dev.cairn.terminal.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Brings documents to a server and asks it questions whose answers are known. */
final class Evaluation {

  /** Above -1, with which an answer could state what stands in nothing that it cites. */
  private static final double ANY_EVIDENCE = -0.999;

  private final Server server;
  private final String corpus;
  private final PrintWriter err;
  private final Map<String, String> ids = new HashMap<>(); // file name to document id

  /**
   * @param err told of progress
   */
  Evaluation(Server server, String corpus, PrintWriter err) {
    this.server = server;
    this.corpus = corpus;
    this.err = err;
  }

  /** Uploads what the corpus lacks; a document's title is its file's name. */
  void upload(Path folder) throws IOException, InterruptedException {
    Map<String, String> present = present();
    for (Path file : files(folder)) {
      String name = file.getFileName().toString();
      String id = present.get(name);
      ids.put(
          name,
          id == null
              ? new Upload(server, err)
                  .run(corpus, file, name, stored -> {})
                  .document()
                  .id()
                  .toString()
              : id);
    }
  }

  private Map<String, String> present() {
    Map<String, String> present = new HashMap<>();
    try {
      server
          .list("corpora/%s/documents", corpus)
          .forEach(each -> present.put(each.path("title").asString(), each.path("id").asString()));
    } catch (ServerProblemException e) {
      if (!e.code().equals("corpus_not_found")) {
        throw e;
      }
    }
    return present;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.txt")) {
      return StreamSupport.stream(files.spliterator(), false).sorted().toList();
    }
  }

  /**
   * @param sample told of each question and its answer as a line of JSON
   */
  List<Outcome> ask(List<KnownQuestion> questions, String mode, Consumer<String> sample) {
    List<Outcome> outcomes = new ArrayList<>();
    try (var progress = Progress.of(err, "Asking with " + mode, " questions")) {
      for (KnownQuestion question : questions) {
        JsonNode answer = ask(question, mode);
        Outcome outcome = outcome(question, answer);
        sample.accept(line(outcome, mode, answer));
        outcomes.add(outcome);
        progress.reach(outcomes.size(), questions.size());
      }
    }
    return outcomes;
  }

  private JsonNode ask(KnownQuestion question, String mode) {
    return server.post(
        Map.of(
            "question",
            question.question(),
            "retrieval",
            mode,
            "minEvidence",
            ANY_EVIDENCE,
            "trace",
            true),
        "corpora/%s/questions",
        corpus);
  }

  private static String line(Outcome outcome, String mode, JsonNode answer) {
    ObjectNode line = Server.JSON.valueToTree(outcome);
    line.put("retrieval", mode);
    line.set("citations", answer.path("citations"));
    line.set("signs", answer.path("report").path("signs"));
    line.set("firstToken", answer.path("trace").path(0));
    return line.toString();
  }

  private Outcome outcome(KnownQuestion question, JsonNode answer) {
    JsonNode first = answer.path("citations").path(0);
    JsonNode evidence = answer.path("evidence");
    return new Outcome(
        question,
        answer.path("text").asString(),
        answer.path("answered").asBoolean(),
        evidence.isNumber() ? evidence.asDouble() : null,
        inEveryBlock(answer, block -> isGold(question, block.path(0))),
        inEveryBlock(answer, block -> block.valueStream().anyMatch(each -> isGold(question, each))),
        AnswerScore.holds(first.path("quote").asString(""), question.answers()),
        first.path("weak").asBoolean(true),
        answer.path("report").path("totalMillis").asDouble());
  }

  /** Before the first token of the answer. */
  private static boolean inEveryBlock(JsonNode answer, Predicate<JsonNode> holds) {
    JsonNode blocks = answer.path("trace").path(0).path("blocks");
    return !blocks.isEmpty() && blocks.valueStream().allMatch(holds);
  }

  private boolean isGold(KnownQuestion question, JsonNode chunk) {
    return question.document() != null
        && Objects.equals(ids.get(question.document()), chunk.path("documentId").asString(""))
        && chunk.path("start").asLong() < question.end()
        && question.start() < chunk.path("end").asLong();
  }
}
