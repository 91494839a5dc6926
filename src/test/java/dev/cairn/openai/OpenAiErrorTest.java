package dev.cairn.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OpenAiErrorTest {

  @ParameterizedTest
  @EnumSource
  void theCodeOfEveryErrorIsOnTheApiPage(ProblemCode code) throws IOException {
    OpenAiError error = OpenAiError.of(code.json(), "What to do.", null);

    assertThat(Files.readString(Path.of("docs/api.md")))
        .contains("`%s`".formatted(error.error().code()));
  }
}
