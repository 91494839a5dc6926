package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that cannot be used: one sentence for a person, before anything else is done. */
class NamedFileTest {

  private static final String TINY = "src/test/resources/golden/tiny";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "document upload --corpus a FILE",
        "document upload --corpus a README.md FILE",
        "demo FILE Who?",
        "segment show FILE",
        "model check TINY Who? FILE",
        "bench encode --model TINY --text FILE",
        "bench sentence --model TINY --text FILE",
        "bench decode --model TINY --text FILE",
        "bench first-token --model TINY --text FILE",
        "bench reading --model TINY --text FILE",
        "bench reading --model TINY --questions FILE",
        "bench --device cpu --model TINY --text FILE"
      })
  void aFileThatIsMissingAFolderOrEmptyIsToldInASentence(String command) throws IOException {
    Path missing = folder.resolve("missing.txt");
    Path empty = Files.createFile(folder.resolve("empty.txt"));

    assertThat(sentence(command, missing))
        .isEqualTo(
            "There is no file or folder %s: check the name and where you are.".formatted(missing));
    assertThat(sentence(command, folder)).isEqualTo(folder + " is a folder: name a file in it.");
    assertThat(sentence(command, empty)).isEqualTo(empty + " is empty: there is nothing to read.");
  }

  @Test
  void whatIsNoOrdinaryFileIsNotRead() {
    assertThat(sentence("document upload --corpus a FILE", Path.of("/dev/null")))
        .startsWith("/dev/null is no ordinary file");
  }

  @Test
  void aFileOfSomebodyElseIsToldInASentence() throws IOException {
    Path file = Files.writeString(folder.resolve("secret.txt"), "Lucas.");
    assumeFalse(
        file.toFile().setReadable(false) && Files.isReadable(file),
        "whoever runs the tests may read every file");

    assertThat(sentence("document upload --corpus a FILE", file))
        .isEqualTo(file + " may not be read: its permissions are for somebody else.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model show FILE",
        "model check FILE Who? README.md",
        "convert FILE converted --to bf16",
        "bench encode --model FILE",
        "bench decode --model FILE"
      })
  void aCheckpointThatIsMissingIsToldInASentence(String command) {
    Path missing = folder.resolve("missing");

    assertThat(sentence(command, missing)).startsWith("There is no file or folder " + missing);
  }

  @ParameterizedTest
  @CsvSource({
    "evaluate FILE, There is no file or folder",
    "evaluate README.md, There is no file or folder README.md/questions.jsonl",
    "model show README.md, README.md is neither a folder",
    "convert README.md converted --to bf16, README.md is neither a folder",
    "segment show README.md, not a segment file",
    "bench scan --chunks 10 --folder README.md/below, README.md/below cannot be used: Not a directory"
  })
  void noOtherFailureIsToldByTheNameOfAClass(String command, String part) {
    assertThat(sentence(command, folder.resolve("missing"))).contains(part);
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"id\":\"1\"}\nWho?\n', 'Line 2 of QUESTIONS is no question: '",
    "'\u00ff', 'A file is not in UTF-8'"
  })
  void questionsThatCannotBeReadAreToldInASentence(String text, String start) throws IOException {
    Path questions = folder.resolve("questions.jsonl");
    Files.writeString(questions, text, StandardCharsets.ISO_8859_1);

    assertThat(sentence("evaluate FILE", folder))
        .startsWith(start.replace("QUESTIONS", questions.toString()));
  }

  /** What is printed; there must be nothing but that line, and no server is needed for it. */
  private static String sentence(String command, Path file) {
    CommandRun run =
        CommandRun.of(command.replace("FILE", file.toString()).replace("TINY", TINY).split(" "));

    assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).doesNotContain("Exception", "java.");
    return run.err().strip();
  }
}
