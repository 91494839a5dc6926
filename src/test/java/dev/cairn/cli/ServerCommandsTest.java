package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import dev.cairn.client.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Commands against a running service. */
@CairnTest
class ServerCommandsTest {

  private static final String[] NAMES = {
    "a \"q\".txt", "b\\c.txt", "100%22.txt", "Łódź; 漢.txt", "=?utf-8?q?d?=.txt", "e'f=g,h.txt"
  };

  @TempDir private Path folder;
  @Autowired private CairnHttp http;

  private CommandRun run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--server=localhost:" + http.port());
    return CommandRun.of(all.toArray(String[]::new));
  }

  private JsonNode json(String... arguments) {
    CommandRun run =
        run(Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return Server.JSON.readTree(run.out());
  }

  private String file(String name) throws IOException {
    return Files.writeString(
            folder.resolve(name), "The lamp of %s is lit. ".formatted(name).repeat(9))
        .toString();
  }

  private JsonNode upload(String corpus, String... names) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("document", "upload", "--corpus", corpus));
    for (String name : names) {
      arguments.add(file(name));
    }
    return json(arguments.toArray(String[]::new));
  }

  @Test
  void filesAreListedByTheirNamesWhateverThoseHold() throws IOException {
    JsonNode uploaded = upload("names", NAMES);

    JsonNode listed = json("document", "list", "--corpus", "names");
    assertThat(listed.findValuesAsString("title")).containsExactly(NAMES);
    assertThat(listed.findValuesAsString("id")).isEqualTo(uploaded.findValuesAsString("id"));
    assertThat(json("document", "list").findValuesAsString("id"))
        .containsAll(listed.findValuesAsString("id"));
  }

  @Test
  void aRefusedFileDoesNotStopTheOthers() throws IOException {
    Path refused = Files.write(folder.resolve("refused.txt"), new byte[] {0, 1, 2, 0, -1, 0, 3});

    CommandRun run =
        run(
            "document",
            "upload",
            "--corpus=some",
            file("1.txt"),
            refused.toString(),
            file("2.txt"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains(refused + ": ", "unsupported_format");
    assertThat(run.out().lines()).hasSize(2);
    assertThat(json("document", "list", "--corpus", "some").findValuesAsString("title"))
        .containsExactly("1.txt", "2.txt");
  }

  @Test
  void nothingIsSentWhenOneFileIsMissing() throws IOException {
    CommandRun run = run("document", "upload", "--corpus=none", file("1.txt"), "missing.txt");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run("corpus", "show", "none").err()).contains("corpus_not_found");
  }

  @Test
  void aTitleIsForOneFile() throws IOException {
    String[] upload = {"document", "upload", "--corpus=titled", "--title=Lamps", file("1.txt")};

    assertThat(json(upload).path("id").isString()).isTrue();
    assertThat(json("document", "list", "--corpus=titled").findValuesAsString("title"))
        .containsExactly("Lamps");
    CommandRun two =
        run(Stream.concat(Stream.of(upload), Stream.of(file("2.txt"))).toArray(String[]::new));
    assertThat(two.exitCode()).isEqualTo(2);
  }

  @Test
  void aQuestionIsReadInTheDocumentsOfItsScopeAlone() throws IOException {
    String one = upload("east", "east.txt").path("id").asString();
    String two = upload("west", "west.txt").path("id").asString();

    assertThat(ask("--corpus=east,west")).containsExactlyInAnyOrder(one, two);
    assertThat(ask("--corpus=east", "--corpus=west")).containsExactlyInAnyOrder(one, two);
    assertThat(ask("--corpus=east")).containsExactly(one);
    assertThat(ask("--corpus=east,west", "--document=" + two)).containsExactly(two);
  }

  /** The documents that the answer read. */
  private List<String> ask(String... scope) {
    List<String> arguments = new ArrayList<>(List.of("ask", "--min-evidence", "-1"));
    arguments.addAll(List.of(scope));
    arguments.add("Which lamp?");
    JsonNode answer = json(arguments.toArray(String[]::new));
    assertThat(answer.path("answered").asBoolean()).isTrue();
    return answer.path("citations").findValuesAsString("documentId").stream().distinct().toList();
  }

  @Test
  void answersAreListedShownAndDeleted() throws IOException {
    upload("kept", "kept.txt");
    String id =
        json("ask", "--corpus=kept", "--min-evidence=-1", "Which lamp?").path("id").asString();

    assertThat(json("answer", "list").path(0).path("id").asString()).isEqualTo(id);
    assertThat(run("answer", "list").out()).contains(id + "  ", "  finished   Which lamp?");
    assertThat(json("answer", "show", id).path("id").asString()).isEqualTo(id);
    assertThat(run("answer", "show", id).out()).startsWith("? Which lamp?").contains("chunks");

    assertThat(run("answer", "delete", id).out()).contains("Deleted answer " + id);
    assertThat(run("answer", "show", id).err()).contains("answer_not_found");
  }

  @Test
  void aDocumentIsEncodedAgain() throws IOException {
    String id = upload("again", "again.txt").path("id").asString();

    JsonNode encoded = json("document", "encode", id);

    assertThat(encoded.path("state").asString()).isEqualTo("READY");
    assertThat(encoded.at("/encoding/generation").asInt()).isEqualTo(2);
  }

  @Test
  void aCorpusIsMadeOnce() {
    JsonNode made = json("corpus", "create", "made");

    assertThat(json("corpus", "create", "made")).isEqualTo(made);
    assertThat(json("corpus", "show", "made")).isEqualTo(made);
    assertThat(run("corpus", "create", "Made up").exitCode()).isEqualTo(1);
  }
}
