package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ModelCommandTest {

  @Test
  void aCheckpointIsShownWithItsFormTypesAndDigests() {
    CommandRun run = CommandRun.of("model", "show", "src/test/resources/golden/tiny", "--json");

    assertThat(run.exitCode()).isZero();
    JsonNode shown = Server.JSON.readTree(run.out());
    assertThat(shown.at("/sizes/chunk/size").asInt()).isPositive();
    assertThat(shown.at("/numbers/F32").asLong()).isPositive();
    assertThat(shown.path("weightsSha256").asString()).matches("[0-9a-f]{64}");
  }

  @Test
  void theNumberFormatOfEncodingIsTimedOnlyWhenAsked() {
    String folder = "src/test/resources/golden/tiny";

    CommandRun plain = CommandRun.of("model", "show", folder, "--json");
    CommandRun timed = CommandRun.of("model", "show", "--compute", folder, "--json");

    assertThat(Server.JSON.readTree(plain.out()).has("compute")).isFalse();
    assertThat(Server.JSON.readTree(timed.out()).at("/compute/path").asString())
        .isIn("FLOAT32", "BFLOAT16");
  }

  @Test
  void aFolderThatIsNoCheckpointEndsWithOneAndSaysWhatIsMissing(@TempDir Path empty) {
    CommandRun run = CommandRun.of("model", "show", empty.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("config.json is missing");
  }
}
