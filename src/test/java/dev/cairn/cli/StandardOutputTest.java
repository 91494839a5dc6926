package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cairn.client.Server;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the output of a command that is a process of its own. */
class StandardOutputTest {

  private static final File FULL = new File("/dev/full");
  private static final int LIMIT_SECONDS = 60;

  private final FakeServer fake =
      new FakeServer()
          .on("/api/v1/corpora?limit=200", 200, "{\"items\":[{\"slug\":\"a\"}]}")
          .on("/api/v1/documents?limit=200", 200, "{\"items\":[{\"id\":\"7\"}]}")
          .on("/api/v1/questions", 200, "{\"text\":\"Lucas\"}");

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    fake.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "corpus list",
        "document list --json",
        "ask --corpus=a Who?",
        "segment show --help"
      })
  void outputThatCannotBeWrittenEndsWithOneAndSaysWhy(String command) throws Exception {
    assumeTrue(FULL.exists(), "this system has no /dev/full");
    ProcessBuilder builder = ProcessRun.java(command.split(" "));
    builder.environment().put("CAIRN_SERVER", fake.address());

    CommandRun run = ProcessRun.toEnd(builder.redirectOutput(FULL), folder);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("The output could not be written: ").doesNotContain("Exception");
  }

  @Test
  void aReaderThatLeavesIsNotToldOfIt() throws Exception {
    Path err = folder.resolve("err");
    Process process = ProcessRun.java("--help").redirectError(err.toFile()).start();
    process.getInputStream().close();

    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(Files.readString(err)).doesNotContain("written").doesNotContain("Exception");
  }

  @Test
  void whatIsLoggedDoesNotStandBetweenTheResults() throws Exception {
    String checkpoint = "src/test/resources/golden/layers-qwen2";

    CommandRun run =
        ProcessRun.toEnd(ProcessRun.java("model", "show", checkpoint, "--json"), folder);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(Server.JSON.readTree(run.out()).at("/reading/adapter/matrices").asInt())
        .isPositive();
  }
}
