package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BenchCommandTest {

  private static final String TINY = "src/test/resources/golden/tiny";

  @TempDir private Path folder;

  private JsonNode bench(String... args) {
    String[] all = Stream.concat(Stream.of("bench"), Stream.of(args)).toArray(String[]::new);
    CommandRun run = CommandRun.of(all);
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode report = Server.JSON.readTree(run.out());
    assertThat(report.path("machine").asString()).contains("cores of");
    assertThat(report.path("rows")).isNotEmpty();
    report.path("rows").forEach(BenchCommandTest::assertInOrder);
    return report;
  }

  private static void assertInOrder(JsonNode row) {
    JsonNode value = row.path("value");
    assertThat(value.path("median").asDouble())
        .isBetween(value.path("low").asDouble(), value.path("high").asDouble());
  }

  private static JsonNode row(JsonNode report, String what) {
    for (JsonNode row : report.path("rows")) {
      if (row.path("what").asString().startsWith(what)) {
        return row;
      }
    }
    throw new AssertionError("no row " + what);
  }

  private void assertNothingLeft() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void theScanFindsTheTrueBestAndIsMeasuredAgainstReadingMemory() throws IOException {
    JsonNode report =
        bench(
            "scan", "--chunks", "2000", "--threads", "1", "--folder", folder.toString(), "--json");

    assertThat(row(report, "recall").at("/value/low").asDouble()).isEqualTo(1);
    assertThat(row(report, "one query").at("/ratio/median").asDouble()).isPositive();
    assertNothingLeft();
  }

  @Test
  void theFirstTokenIsMeasuredAtEverySize() throws IOException {
    JsonNode report =
        bench(
            "first-token",
            "--model",
            TINY,
            "--tokens",
            "1K,2K",
            "--runs",
            "1",
            "--chunk-cache",
            "1",
            "--folder",
            folder.toString(),
            "--json");

    for (String size : new String[] {"1,000", "2,000"}) {
      String row = "chunks in memory, %s tokens visible".formatted(size);
      assertThat(row(report, row).at("/value/low").asDouble()).isPositive();
    }
    assertNothingLeft();
  }

  @Test
  void storedChunksAreMeasuredAgainstTheSameAsText() throws IOException {
    Path text =
        Files.writeString(folder.resolve("text.txt"), "The lamp is lit at dusk. ".repeat(40));
    Path questions = Files.writeString(folder.resolve("questions.txt"), "When?\nWhat?\n");
    JsonNode report =
        bench(
            "reading",
            "--model",
            "src/test/resources/golden/layers-qwen2",
            "--text",
            text.toString(),
            "--questions",
            questions.toString(),
            "--runs",
            "1",
            "--json");

    JsonNode asText = row(report, "tokens computed, the same chunks as text");
    assertThat(asText.at("/value/low").asDouble())
        .isGreaterThan(row(report, "tokens computed, stored chunks").at("/value/high").asDouble());
    assertThat(row(report, "first token, the same").at("/ratio/median").asDouble()).isPositive();
    assertThat(row(report, "the same answer").at("/value/median").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void aFormThatSeesAWindowIsNotGivenChunksAsText() {
    CommandRun run = CommandRun.of("bench", "reading", "--model", TINY);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("hsa").contains("as text");
  }

  @Tag("slow")
  @Test
  void encodingIsMeasuredAgainstProductsInTheSameNumberFormat() {
    JsonNode report =
        bench("encode", "--model", TINY, "--path", "FLOAT32", "--blocks", "1", "--json");

    assertThat(row(report, "encoding, FLOAT32").at("/value/median").asDouble()).isPositive();
    assertThat(report.at("/rows/1/ratioOf").asString()).startsWith("linear 2048x576x1536");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny", "layers-qwen2"})
  void aDeviceIsMeasuredByWhatACheckpointOfAnyFormDoes(String checkpoint) throws IOException {
    JsonNode report =
        bench(
            "--device",
            "cpu",
            "--path",
            "FLOAT32",
            "--model",
            "src/test/resources/golden/" + checkpoint,
            "--blocks",
            "1",
            "--length",
            "4",
            "--runs",
            "1",
            "--folder",
            folder.toString(),
            "--json");

    for (String what : new String[] {"encoding", "prompt", "one token, 1 ", "one token, 16 "}) {
      assertThat(row(report, what).at("/value/low").asDouble()).as(what).isPositive();
    }
    assertNothingLeft();
  }

  @Test
  void aDeviceThatIsNotThereIsToldByName() {
    CommandRun run =
        CommandRun.of(
            "bench",
            "--device",
            "gpu7",
            "--path",
            "FLOAT32",
            "--model",
            TINY,
            "--folder",
            folder.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("there is no device cuda:7; the engine sees 0");
  }

  @Test
  void withoutADeviceOneOfTheCommandsIsNeeded() {
    CommandRun run = CommandRun.of("bench");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("Missing required subcommand");
  }

  @Test
  void aCheckpointWithoutSentencesSaysSo() {
    CommandRun run = CommandRun.of("bench", "sentence", "--model", TINY);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("names no sentence encoder");
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "10K, 10000", "32M, 32000000"})
  void tokensAreCountedInThousandsAndMillions(String text, long tokens) {
    assertThat(new TokenCount().convert(text)).isEqualTo(tokens);
  }

  @ParameterizedTest
  @CsvSource({"32G", "-1", "1.5M", "0", "0K", "''"})
  void whatIsNoNumberOfTokensIsAWrongCommandLine(String text) {
    CommandRun run = CommandRun.of("bench", "first-token", "--tokens", text);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("is no number of tokens");
  }

  @ParameterizedTest
  @CsvSource({
    "decode --runs, 0",
    "encode --blocks, -1",
    "decode --length, many",
    "scan --chunks, 0",
    "scan --top-k, 0",
    "scan --threads, 0",
    "--device cpu --runs, 0"
  })
  void whatIsMeasuredNoTimesIsAWrongCommandLine(String command, String count) {
    CommandRun run = CommandRun.of("bench %s %s".formatted(command, count).split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("'%s' is no number above 0".formatted(count));
  }
}
