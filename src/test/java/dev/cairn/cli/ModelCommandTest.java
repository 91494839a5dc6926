package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.RealModels;
import dev.cairn.client.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ModelCommandTest {

  private static final String PRETRAINED = "src/test/resources/golden/layers-qwen2";

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
  void aPretrainedDecoderIsShownWithWhatItReadsAndLacks() {
    CommandRun run = CommandRun.of("model", "show", PRETRAINED, "--json");

    JsonNode reading = Server.JSON.readTree(run.out()).path("reading");
    assertThat(reading.path("layers").asString()).isEqualTo("1 to 3 of 4");
    assertThat(reading.at("/bytesPerToken/BF16").asInt()).isEqualTo(384);
    assertThat(reading.at("/adapter/matrices").asInt()).isEqualTo(21);
    assertThat(reading.path("missing").toString()).contains("sentence.json").doesNotContain("cls");
  }

  @Tag("slow")
  @Test
  void aCheckpointIsTriedOnAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "The harbour code is 4711.");

    CommandRun run =
        CommandRun.of("model", "check", PRETRAINED, "What is it?", file.toString(), "--json");

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode checked = Server.JSON.readTree(run.out());
    assertThat(checked.at("/model/form").asString()).isEqualTo("layers");
    assertThat(checked.at("/tried/answer/report/distinctChunksRead").asInt()).isPositive();
    assertThat(checked.at("/tried/answer/evidence").asDouble()).isBetween(0.0, 1.0);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"foreign.qwen", "foreign.smollm"})
  void aModelThatNoOneHereMadeAnswersFromAText(String property, @TempDir Path folder)
      throws IOException {
    String model = RealModels.foreign(property).toString();
    Path file =
        Files.writeString(
            folder.resolve("ferry.txt"),
            "The ferry Aurora crosses the sound four times a day. Its captain is Maria Lindgren,"
                + " who has sailed it since 2011. A ticket costs 12 crowns.");

    CommandRun run =
        CommandRun.of(
            "model", "check", model, "Who is the captain of the ferry?", file.toString(), "--json");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(Server.JSON.readTree(run.out()).at("/tried/answer/text").asString())
        .contains("Maria Lindgren");
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
