package dev.cairn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.modulith.core.ApplicationModules;

/** The arrows between the packages, and what each may use. */
class ArchitectureTest {

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
  void modelAndStoreAreFreeOfSpring() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.cairn.model..", "dev.cairn.store..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework..")
        .check(CAIRN);
  }

  @Test
  void onlyModelTouchesTensors() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.cairn.model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.djl..", "ai.onnxruntime..")
        .check(CAIRN);
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
