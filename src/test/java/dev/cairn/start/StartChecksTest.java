package dev.cairn.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What a start is ended for before anything is started, in a program of nothing but the checks. */
@ExtendWith(OutputCaptureExtension.class)
class StartChecksTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "cairn.dat, cairn.data",
    "cairn.ingest.uplaod-limit, cairn.ingest.upload-limit",
    "cairn.upload-limit, cairn.ingest.upload-limit",
    "cairn.acces.allowed-hosts, cairn.access.allowed-hosts",
    "server.prot, server.port",
    "loging.level.root, logging.level",
    "spring.datasource.usrname, spring.datasource.username"
  })
  void anArgumentThatIsNoSettingIsNamedWithTheNearest(String given, String meant) {
    assertThatThrownBy(() -> start("--%s=1".formatted(given)))
        .isInstanceOf(SettingException.class)
        .hasMessage("--%s is not a setting; did you mean --%s?".formatted(given, meant));
  }

  @Test
  void anArgumentThatIsNearNothingIsRefusedToo() {
    assertThatThrownBy(() -> start("--zz=1"))
        .hasMessage("--zz is not a setting; docs/running.md lists those that there are.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--cairn.computePath=FLOAT32",
        "--cairn.compute_path=FLOAT32",
        "--cairn.access.allowed-hosts[0]=example.org",
        "--server.tomcat.connection-timeout=30s",
        "--spring.datasource.hikari.connection-timeout=500",
        "--spring.jpa.properties.hibernate.jdbc.batch_size=10",
        "--logging.level.root=info",
        "--management.endpoint.health.group.readiness.include=db",
        "--debug=false"
      })
  void everySpellingOfASettingIsTaken(String argument) {
    start(argument);
  }

  @Test
  void anUnknownSettingInAFileIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("more.yaml"), "cairn.job.atempts: 3");

    assertThatThrownBy(() -> start("--spring.config.additional-location=file:" + file))
        .hasMessage("cairn.job.atempts is not a setting; did you mean cairn.job.attempts?");
  }

  @Test
  void unknownVariablesAreToldOnceAndEndNothing(CapturedOutput output) {
    var variables =
        Map.<String, Object>of(
            "CAIRN_COMPUTEPATH", "FLOAT32",
            "CAIRN_COMPUTE_PATH", "FLOAT32",
            "CAIRN_ACCESS_ALLOWEDHOSTS_0", "example.org",
            "CAIRN_SERVER", "http://localhost:1",
            "CAIRN_MODLE", "models/other",
            "CAIRN_SERVICE_HOST", "10.0.0.1");
    var environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));

    new GivenSettings(environment).check();

    assertThat(output)
        .contains("are no settings and have no effect: CAIRN_MODLE, CAIRN_SERVICE_HOST\n");
  }

  @Test
  void aTakenPortIsNamedWithTheSettingThatChangesIt() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> start("--server.port=" + taken.getLocalPort()))
          .hasMessageContaining("Port %d of 127.0.0.1 is taken", taken.getLocalPort())
          .hasMessageContaining("--server.port");
    }
  }

  @Test
  void anAddressOfAnotherMachineIsNamedWithTheSettingThatChangesIt() {
    assertThatThrownBy(() -> start("--server.address=192.0.2.1", "--server.port=18080"))
        .hasMessageContaining("192.0.2.1")
        .hasMessageContaining("--server.address");
  }

  @Test
  void aDataFolderThatIsAFileOrLiesInOneIsRefused() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    for (Path data : new Path[] {file, file.resolve("data")}) {
      assertThatThrownBy(() -> start("--cairn.data=" + data))
          .hasMessageContaining("data folder " + data)
          .hasMessageEndingWith("name another folder with --cairn.data.");
    }
    assertThatThrownBy(() -> start("--cairn.data=")).hasMessageContaining("cairn.data is empty");
  }

  @Test
  void aDataFolderIsMadeAndNothingButItsLockStaysInIt() throws Exception {
    Path data = folder.resolve("new/data");
    start("--cairn.data=" + data);

    try (Stream<Path> files = Files.list(data)) {
      assertThat(files).containsExactly(data.resolve("cairn.lock"));
    }
  }

  @Test
  void withADatabaseElsewhereTheFolderIsNotOfOneProcess() throws Exception {
    Path data = folder.resolve("shared");
    start("--cairn.data=" + data, "--spring.datasource.url=jdbc:postgresql://localhost:1/none");

    assertThat(data).isEmptyDirectory();
  }

  private void start(String... arguments) {
    var program = new SpringApplication(Nothing.class);
    program.setWebApplicationType(WebApplicationType.NONE);
    program.addListeners(new StartChecks());
    Stream<String> all =
        Stream.concat(
            Stream.of("--cairn.data=" + folder.resolve("data"), "--server.port=0")
                .filter(setting -> Stream.of(arguments).noneMatch(given -> same(given, setting))),
            Stream.of(arguments));
    program.run(all.toArray(String[]::new)).close();
  }

  private static boolean same(String one, String other) {
    return one.startsWith(other.substring(0, other.indexOf('=') + 1));
  }

  @Configuration
  static class Nothing {}
}
