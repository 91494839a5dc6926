package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The script {@code cairn} itself, in front of a jar that stands for these very classes. */
class LauncherTest {

  private final FakeServer fake =
      new FakeServer()
          .on("/api/v1/questions", 200, "{\"text\":\"À Łódź\"}")
          .on("/api/v1/corpora/a/documents", 202, FakeServer.READY_DOCUMENT)
          .on(
              "/api/v1/documents/01890a5d-ac96-774b-bcce-b302099a8057",
              200,
              FakeServer.READY_DOCUMENT);

  @TempDir private Path folder;

  @BeforeEach
  void install() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no POSIX shell");
    assumeTrue(
        "UTF-8".equals(System.getProperty("sun.jnu.encoding")),
        "these tests run in a locale that cannot pass such arguments on");
    for (String source :
        new String[] {"pom.xml", "src/main/launch", "db", "target/classes/launch"}) {
      Files.createDirectories(folder.resolve(source));
    }
    Files.createDirectories(folder.resolve(".mvn"));
    Files.copy(Path.of(".mvn/jdk.sh"), folder.resolve(".mvn/jdk.sh"));
    Files.copy(Path.of("cairn"), folder.resolve("cairn"));
    Files.writeString(
        folder.resolve("target/classes/launch/environment.properties"), "MALLOC_ARENA_MAX=1\n");
    writeJar(folder.resolve("target/cairn.jar"));
  }

  /** Newer than the sources, so that nothing is built. */
  private static void writeJar(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "dev.cairn.CairnApplication");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath());
    try (OutputStream file = Files.newOutputStream(jar);
        var written = new JarOutputStream(file, manifest)) {
      written.finish();
    }
  }

  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .map(Path::toUri)
        .map(URI::toString)
        .collect(Collectors.joining(" "));
  }

  @AfterEach
  void stop() {
    fake.close();
  }

  static Stream<Map<String, String>> environments() {
    return Stream.of(
        Map.of(), Map.of("LC_ALL", "C"), Map.of("LANG", "POSIX"), Map.of("LC_ALL", "C.UTF-8"));
  }

  @ParameterizedTest
  @MethodSource("environments")
  void everyCharacterOfAQuestionArrives(Map<String, String> environment) throws Exception {
    CommandRun run = cairn(environment, "ask", "--corpus", "a", "Où est « Łódź » ?");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(fake.requests().getFirst().json().path("question").asString())
        .isEqualTo("Où est « Łódź » ?");
    assertThat(run.out()).startsWith("À Łódź");
  }

  @Test
  void aFileIsFoundByAnyName() throws Exception {
    Files.writeString(folder.resolve("Łódź.txt"), "À Łódź.");

    CommandRun run =
        cairn(Map.of("LC_ALL", "C"), "document", "upload", "--corpus", "a", "Łódź.txt");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(new String(fake.requests().getFirst().body(), StandardCharsets.UTF_8))
        .contains("filename=\"Łódź.txt\"", "À Łódź.");
  }

  @Test
  void withoutTheScriptTheLocaleIsNamed() throws Exception {
    ProcessBuilder builder = ProcessRun.java("ask", "--corpus", "a", "Où ?");
    builder.environment().put("LC_ALL", "C");

    CommandRun run = ProcessRun.toEnd(builder, folder);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("LC_ALL=C.UTF-8");
    assertThat(fake.requests()).isEmpty();
  }

  private CommandRun cairn(Map<String, String> environment, String... arguments) throws Exception {
    var builder = new ProcessBuilder("/bin/sh", folder.resolve("cairn").toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().clear();
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("CAIRN_SERVER", fake.address());
    builder.environment().putAll(environment);
    return ProcessRun.toEnd(builder.directory(folder.toFile()), folder);
  }
}
