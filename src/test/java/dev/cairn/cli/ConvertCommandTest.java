package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.client.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvertCommandTest {

  private static final String TINY = "src/test/resources/golden/tiny";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"f32, F32", "bf16, BF16", "int8, I8"})
  void whatIsWrittenIsACheckpoint(String format, String type) throws IOException {
    Path to = folder.resolve("converted");

    CommandRun run = CommandRun.of("convert", TINY, to.toString(), "--to", format, "--json");

    assertThat(run.exitCode()).isZero();
    assertThat(Server.JSON.readTree(run.out()).path("format").asString()).isEqualTo(format);
    assertThat(Checkpoint.open(to).form()).isEqualTo(Checkpoint.open(Path.of(TINY)).form());
    CommandRun shown = CommandRun.of("model", "show", to.toString(), "--json");
    assertThat(Server.JSON.readTree(shown.out()).at("/numbers/" + type).asLong())
        .isGreaterThan(1000);
    assertThat(files()).containsExactly("converted");
  }

  @Test
  void convertedToFloatsAndBackAreTheSameWholeNumbers() throws IOException {
    String whole = folder.resolve("whole").toString();
    String floats = folder.resolve("floats").toString();
    String again = folder.resolve("again").toString();

    CommandRun.of("convert", TINY, whole, "--to", "int8");
    CommandRun.of("convert", whole, floats, "--to", "f32");
    CommandRun.of("convert", floats, again, "--to", "int8");

    assertThat(Path.of(again, "model.safetensors"))
        .hasSameBinaryContentAs(Path.of(whole, "model.safetensors"));
  }

  @Test
  void aPretrainedDecoderStaysAsItWasPublished() throws IOException {
    String to = folder.resolve("converted").toString();

    CommandRun run =
        CommandRun.of("convert", "src/test/resources/golden/layers-qwen2", to, "--to", "bf16");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("pretrained decoder", "form hsa");
    assertThat(files()).isEmpty();
  }

  @Test
  void aFolderThatExistsIsNotTouched() throws IOException {
    CommandRun run = CommandRun.of("convert", TINY, folder.toString(), "--to", "bf16");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("name a new folder");
    assertThat(files()).isEmpty();
  }

  @Test
  void whatAnInterruptedConversionLeftIsReplaced() throws IOException {
    Path unfinished = Files.createDirectory(folder.resolve(".converted.unfinished"));
    Files.writeString(unfinished.resolve("model.safetensors"), "half");

    CommandRun run =
        CommandRun.of("convert", TINY, folder.resolve("converted").toString(), "--to", "bf16");

    assertThat(run.exitCode()).isZero();
    assertThat(files()).containsExactly("converted");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
