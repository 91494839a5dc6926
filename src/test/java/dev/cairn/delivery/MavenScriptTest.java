package dev.cairn.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The choice of JDK and Maven in {@code mvnw}, with a download tool and a Maven of our own. */
class MavenScriptTest {

  @TempDir private Path folder;

  private record Run(int exitCode, String output) {}

  @BeforeEach
  void requireShell() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no POSIX shell");
    program("mvn", "[ \"$1\" = --version ] && echo 'Apache Maven 3.8.7' || echo \"installed $*\"");
  }

  @Test
  void theInstalledMavenIsAnnouncedWhereTheArchiveCannotBeReached() throws Exception {
    program("curl", "exit 6");

    Run run = mvnw("verify");

    assertThat(run.exitCode()).isZero();
    assertThat(run.output()).contains("cannot be fetched; using", "3.8.7", "installed verify");
  }

  @Test
  void anInstalledMavenThatIsTooOldIsRefused() throws Exception {
    program("curl", "exit 6");
    program("mvn", "echo 'Apache Maven 3.6.3'");

    Run run = mvnw("verify");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output()).contains("3.6.3", "install Maven 3.8 or newer");
  }

  @Test
  void aDownloadWithAnotherChecksumIsNeverUsed() throws Exception {
    program("curl", "while [ \"$1\" != --output ]; do shift; done; echo other > \"$2\"");

    Run run = mvnw("verify");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output()).contains("does not have the expected SHA-512");
    assertThat(folder.resolve("m2/wrapper/dists")).isEmptyDirectory();
  }

  @Test
  void aJavaHomeOfAnotherReleaseIsPassedOver() throws Exception {
    Path other = Files.createDirectories(folder.resolve("jdk-24/bin")).getParent();
    Files.writeString(other.resolve("release"), "JAVA_VERSION=\"24.0.2\"\n");
    program(other.resolve("bin/javac"), "exit 0");

    Run run = shell(". .mvn/jdk.sh; JAVA_HOME=%s; use_jdk_25; echo $JAVA_HOME".formatted(other));

    assertThat(run.output()).isNotBlank().doesNotContain("jdk-24");
  }

  private void program(String name, String script) throws IOException {
    program(Files.createDirectories(folder.resolve("bin")).resolve(name), script);
  }

  private static void program(Path path, String script) throws IOException {
    Files.writeString(path, "#!/bin/sh\n" + script + "\n");
    assertThat(path.toFile().setExecutable(true)).isTrue();
  }

  private Run mvnw(String goal) throws Exception {
    return shell("./mvnw " + goal);
  }

  private Run shell(String script) throws Exception {
    var builder = new ProcessBuilder("/bin/sh", "-c", script).redirectErrorStream(true);
    builder.environment().merge("PATH", folder.resolve("bin") + ":", (old, own) -> own + old);
    builder.environment().put("MAVEN_USER_HOME", folder.resolve("m2").toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }
}
