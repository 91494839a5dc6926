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
    assertThat(shown.at("/config/chunkSize").asInt()).isPositive();
    assertThat(shown.at("/numbers/F32").asLong()).isPositive();
    assertThat(shown.path("weightsSha256").asString()).matches("[0-9a-f]{64}");
  }

  @Test
  void aFolderThatIsNoCheckpointEndsWithOneAndSaysWhatIsMissing(@TempDir Path empty) {
    CommandRun run = CommandRun.of("model", "show", empty.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("config.json is missing");
  }
}
