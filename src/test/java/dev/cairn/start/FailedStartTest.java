package dev.cairn.start;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cairn.cli.LaunchSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that cannot go on, as a person sees it: one sentence, an exit code, nothing started. */
class FailedStartTest {

  private static final int LIMIT_SECONDS = 60;

  @TempDir private Path folder;

  @Test
  void aMistypedSettingIsAWrongCommandLine() throws Exception {
    Ended start = start("--cairn.ingest.uplaod-limit=1GB");

    assertThat(start.exitCode()).isEqualTo(2);
    assertThat(start.sentence())
        .endsWith("did you mean --cairn.ingest.upload-limit?")
        .contains("Cairn did not start. --cairn.ingest.uplaod-limit is not a setting;");
  }

  @Test
  void aTakenPortEndsTheStartBeforeTheDatabaseIsMade() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ended start = start("--server.port=" + taken.getLocalPort());

      assertThat(start.exitCode()).isOne();
      assertThat(start.sentence()).contains("Port " + taken.getLocalPort(), "--server.port");
      assertThat(data().resolve("postgres-password")).doesNotExist();
    }
  }

  @Test
  void aFolderInUseIsNamedWithTheProcessThatUsesIt() throws Exception {
    Path lock = Files.createDirectories(data()).resolve("cairn.lock");
    try (var held = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      held.lock();
      held.write(ByteBuffer.wrap("4711".getBytes(UTF_8)));
      Ended start = start("--server.port=0");

      assertThat(start.exitCode()).isOne();
      assertThat(start.sentence())
          .contains("Another Cairn uses the data folder " + data(), "process 4711", "--cairn.data");
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws Exception {
    Files.createDirectories(data());
    assumeTrue(immutable("+i"), "only chattr takes a folder from root, and not on this disk");
    try {
      Ended start = start("--server.port=0");

      assertThat(start.exitCode()).isOne();
      assertThat(start.sentence())
          .contains("cannot write into the data folder " + data(), "--cairn.data");
    } finally {
      immutable("-i");
    }
  }

  @Test
  void aModelThatIsNotThereIsNamed() throws Exception {
    Ended start = start("--server.port=0", "--cairn.model=" + folder.resolve("none"));

    assertThat(start.exitCode()).isOne();
    assertThat(start.sentence()).contains(folder.resolve("none").toString(), "--cairn.model");
    assertThat(data()).doesNotExist();
  }

  private boolean immutable(String flag) throws InterruptedException {
    try {
      return new ProcessBuilder("chattr", flag, data().toString()).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  private record Ended(int exitCode, List<String> printed) {

    /** All that was printed, but for what the JVM says of its incubating module. */
    String sentence() {
      List<String> ours =
          printed.stream().filter(line -> !line.contains("Using incubator modules")).toList();
      assertThat(ours).hasSize(1);
      return ours.getFirst();
    }
  }

  private Ended start(String... settings) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(LaunchSettings.load().javaOptions());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "dev.cairn.CairnApplication"));
    command.addAll(List.of("serve", "--cairn.data=" + data()));
    command.addAll(List.of(settings));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ends in time").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readAllLines(output));
  }
}
