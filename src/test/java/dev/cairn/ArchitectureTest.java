package dev.cairn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.modulith.core.ApplicationModules;

/** The arrows between the packages, and what each may use. */
class ArchitectureTest {

  private static final int MOST_FILES = 40;
  private static final Path SOURCES = Path.of("src/main/java/dev/cairn");
  private static final Pattern NAMED_CLASS = Pattern.compile("`([a-z]+\\.[A-Z]\\w+)");

  private static final String[] FREE_OF_SPRING = {
    "dev.cairn.kernel..",
    "dev.cairn.safetensors..",
    "dev.cairn.gguf..",
    "dev.cairn.model..",
    "dev.cairn.checkpoint..",
    "dev.cairn.tokenizer..",
    "dev.cairn.sentence..",
    "dev.cairn.vector..",
    "dev.cairn.tensor..",
    "dev.cairn.engine..",
    "dev.cairn.store..",
    "dev.cairn.client.."
  };

  private static final JavaClasses CAIRN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(new ImportOption.DoNotIncludePackageInfos())
          .importPackages("dev.cairn");

  @Test
  void packagesUseOnlyWhatTheyDeclare() {
    ApplicationModules.of(CairnApplication.class).verify();
  }

  @Test
  void modelsAndBlobsAreFreeOfSpring() {
    noClasses()
        .that()
        .resideInAnyPackage(FREE_OF_SPRING)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework..")
        .check(CAIRN);
  }

  @Test
  void tensorsStayInTheirRooms() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.cairn.tensor..", "dev.cairn.tokenizer..", "dev.cairn.sentence..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.djl..", "ai.onnxruntime..")
        .check(CAIRN);
  }

  @Test
  void answersAndWhatTheyStandOnKnowNoServlet() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.cairn.answer..",
            "dev.cairn.stream..",
            "dev.cairn.citation..",
            "dev.cairn.recall..",
            "dev.cairn.corpus..",
            "dev.cairn.catalogue..",
            "dev.cairn.text..",
            "dev.cairn.ingest..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "jakarta.servlet..", "org.apache.catalina..", "org.springframework.web..")
        .check(CAIRN);
  }

  @Test
  void noRoomHoldsMoreThanForty() throws IOException {
    try (Stream<Path> folders = Files.walk(SOURCES)) {
      assertThat(folders.filter(Files::isDirectory)).allSatisfy(ArchitectureTest::holdsFewFiles);
    }
  }

  @Test
  void theMapOfTheCodeNamesEveryRoomAndNoClassThatIsNotThere() throws IOException {
    String map = Files.readString(Path.of("docs/code.md"));

    assertThat(ApplicationModules.of(CairnApplication.class).stream())
        .allSatisfy(room -> assertThat(map).contains("`" + room.getIdentifier() + "`"));
    assertThat(NAMED_CLASS.matcher(map).results().map(named -> named.group(1)).toList())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(SOURCES.resolve(name.replace('.', '/') + ".java")).exists());
  }

  private static void holdsFewFiles(Path folder) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      assertThat(content.filter(Files::isRegularFile)).hasSizeLessThanOrEqualTo(MOST_FILES);
    }
  }

  @Test
  void noFieldIsInjected() {
    noFields().should().beAnnotatedWith(Autowired.class).allowEmptyShould(true).check(CAIRN);
  }

  @Test
  void timeComesFromTheInjectedClock() {
    noClasses().should().callMethod(Instant.class, "now").check(CAIRN);
  }
}
