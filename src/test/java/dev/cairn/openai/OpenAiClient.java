package dev.cairn.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A client of OpenAI's protocol that others wrote. {@code .ci/run} installs it. */
enum OpenAiClient {
  OPENAI("openai", "openai_client.py"),
  OPENAI_JAVASCRIPT("openai", "openai_client.mjs"),
  LITELLM("litellm", "litellm_client.py"),
  LANGCHAIN("langchain_openai", "langchain_client.py");

  private static final Path FOLDER =
      Path.of(System.getenv().getOrDefault("OPENAI_CLIENTS", "target/openai-clients"))
          .toAbsolutePath();

  private final String library;
  private final String script;

  OpenAiClient(String library, String script) {
    this.library = library;
    this.script = script;
  }

  /** What a program printed, errors too, and its exit code. */
  record Printed(String text, int code) {}

  /** Skips the test where the client is not installed. */
  void needed() throws IOException {
    assumeTrue(isInstalled(), library + " is not in " + FOLDER + ": .ci/run installs it");
  }

  private boolean isInstalled() throws IOException {
    return isJavaScript()
        ? Files.isDirectory(FOLDER.resolve("node_modules").resolve(library))
        : Files.isExecutable(python()) && sitePackages().contains(library);
  }

  private static List<String> sitePackages() throws IOException {
    try (Stream<Path> found = Files.walk(FOLDER.resolve("python/lib"), 3)) {
      return found.map(path -> path.getFileName().toString()).toList();
    }
  }

  boolean isImportedBy(String program) {
    return Pattern.compile("(?m)^(from|import) (\\w+ from \"?)?%s\\b".formatted(library))
        .matcher(program)
        .find();
  }

  private boolean isJavaScript() {
    return this == OPENAI_JAVASCRIPT;
  }

  private static Path python() {
    return FOLDER.resolve("python/bin/python");
  }

  /** Runs its script, which asks whatever such a client can ask. */
  Printed ask(String... arguments) throws IOException, InterruptedException {
    Path file = Path.of("src/test/openai").resolve(script);
    List<String> command = new ArrayList<>();
    command.addAll(
        isJavaScript()
            ? List.of("node", file.toString(), FOLDER.toString())
            : List.of(python().toString(), file.toString()));
    command.addAll(List.of(arguments));
    return run(command, Path.of(""));
  }

  /** Runs a program that imports it. */
  Printed run(String program, Path folder) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("example.mjs"), program);
    if (isJavaScript()) {
      Files.createSymbolicLink(folder.resolve("node_modules"), FOLDER.resolve("node_modules"));
    }
    String interpreter = isJavaScript() ? "node" : python().toString();
    return run(List.of(interpreter, file.toString()), folder);
  }

  private static Printed run(List<String> command, Path folder)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toAbsolutePath().toFile());
    builder.environment().put("PYTHONWARNINGS", "ignore");
    builder.environment().put("LITELLM_LOCAL_MODEL_COST_MAP", "True");
    Process process = builder.redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Printed(text, process.exitValue());
  }
}
