package dev.cairn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Reads the image that the build has just written, without an engine. */
class ImageIT {
  private static final int WRITABLE_BY_OTHERS = 0022;

  private static ImageTar image;

  @BeforeAll
  static void readTheImage() throws IOException {
    image = ImageTar.read(Path.of("target", "jib-image.tar"));
  }

  @Test
  void runsAsAUserThatIsNotRoot() {
    assertThat(image.settings().get("User").asString()).isEqualTo("10001:10001");
  }

  @Test
  void listensOnEveryAddressOfThePodAtOnePort() {
    assertThat(image.environment()).containsEntry("SERVER_ADDRESS", "0.0.0.0");
    assertThat(image.settings().get("ExposedPorts").propertyNames()).containsExactly("8080/tcp");
  }

  @Test
  void expectsItsDatabaseBesideIt() {
    assertThat(image.environment())
        .containsEntry("SPRING_DATASOURCE_URL", "jdbc:postgresql://database:5432/cairn");
  }

  @Test
  void startsTheServiceWithTheFlagsOfTheBuild() {
    assertThat(image.entryPoint())
        .containsExactly(
            "java",
            "@/app/resources/launch/java.options",
            "-XX:MaxRAMPercentage=40",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            "@/app/jib-classpath-file",
            "dev.cairn.CairnApplication");
    assertThat(image.text("app/resources/launch/java.options"))
        .contains("--enable-native-access=ALL-UNNAMED", "-Dai.djl.offline=true")
        .doesNotContain("@");
  }

  @Test
  void everyJarOfTheClassPathIsThere() {
    List<String> onTheClassPath =
        Stream.of(image.text("app/jib-classpath-file").split(":"))
            .filter(path -> path.endsWith(".jar"))
            .map(path -> path.substring(1))
            .toList();
    assertThat(image.layerOf("app/libs/").files())
        .containsExactlyInAnyOrderElementsOf(onTheClassPath);
    assertThat(image.text("app/jib-classpath-file"))
        .startsWith("/app/resources:/app/classes:")
        .doesNotContain("junit", "helm-java", "testcontainers");
  }

  @Test
  void setsTheMemoryAllocatorAndTheThreadsBeforeTheJvmStarts() {
    assertThat(image.environment())
        .containsEntry("MALLOC_ARENA_MAX", "1")
        .containsEntry("MALLOC_MMAP_MAX_", "0")
        .containsEntry("MALLOC_TRIM_THRESHOLD_", "17179869184")
        .containsEntry("OMP_WAIT_POLICY", "PASSIVE");
  }

  @Test
  void keepsTheModelInALayerOfItsOwn() {
    ImageTar.Layer model = image.layerOf("models/cairn-0.5b/");
    assertThat(model.files())
        .contains(
            "models/cairn-0.5b/model-00003-of-00003.gguf",
            "models/cairn-0.5b/tokenizer.json",
            "models/cairn-0.5b/LICENSE")
        .allMatch(file -> file.startsWith("models/cairn-0.5b/"));
    assertThat(image.environment()).containsEntry("CAIRN_MODEL", "/models/cairn-0.5b");
  }

  @Test
  void keepsLibrariesResourcesAndClassesApart() {
    for (String folder : List.of("app/libs/", "app/resources/", "app/classes/")) {
      assertThat(image.layerOf(folder).files()).allMatch(file -> file.startsWith(folder));
    }
  }

  @Test
  void writesOnlyBelowTheDataAndTemporaryFolders() {
    assertThat(image.environment())
        .containsEntry("CAIRN_DATA", "/data")
        .containsEntry("DJL_CACHE_DIR", "/data/djl")
        .containsEntry("HOME", "/tmp");
    assertThat(entries().filter(entry -> (entry.getMode() & WRITABLE_BY_OTHERS) != 0))
        .extracting(TarArchiveEntry::getName)
        .containsExactly("data/");
  }

  @Test
  void isTheSameWheneverItIsBuilt() {
    assertThat(image.config().get("created").asString()).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(entries())
        .allMatch(entry -> entry.getLastModifiedTime().toMillis() <= 1_000)
        .allMatch(entry -> entry.getLongUserId() == 0 && entry.getLongGroupId() == 0);
  }

  @Test
  void saysWhatItIsAndIsTheVersionThatTheChartRuns() throws IOException {
    JsonNode labels = image.settings().get("Labels");
    assertThat(labels.get("org.opencontainers.image.title").asString()).isEqualTo("Cairn");
    assertThat(labels.get("org.opencontainers.image.description").asString()).isNotBlank();
    assertThat(labels.get("org.opencontainers.image.version").asString())
        .isEqualTo(Chart.appVersion());
  }

  @Test
  void holdsNoSecret() {
    assertThat(image.environment().keySet())
        .noneMatch(name -> name.matches(".*(PASSWORD|SECRET|TOKEN|KEY).*"));
  }

  private static Stream<TarArchiveEntry> entries() {
    return image.layers().stream().flatMap(layer -> layer.entries().stream());
  }
}
