package dev.cairn.delivery;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every pod whatever the values: the "restricted" level of the Kubernetes pod
 * security standards, and what a pod needs to be stopped and moved without loss.
 */
@ParameterizedClass
@MethodSource("dev.cairn.delivery.Chart#valueSets")
class ChartTest {
  private static final Pattern SECRET = Pattern.compile("PASSWORD|USERNAME|DATASOURCE_URL|SECRET");

  private final Path values;
  private final Rendered rendered;

  ChartTest(Path values) {
    this.values = values;
    this.rendered = Chart.render(values);
    assertThat(rendered.pods()).isNotEmpty();
  }

  @Test
  void passesTheStrictLint(@TempDir Path folder) throws IOException {
    LintResult result = Chart.lint(values, folder.resolve("cairn"));
    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }

  @Test
  void podsMeetTheRestrictedStandard() {
    for (PodSpec pod : rendered.pods()) {
      PodSecurityContext security = pod.getSecurityContext();
      assertThat(security.getRunAsNonRoot()).isTrue();
      assertThat(security.getRunAsUser()).isEqualTo(10001);
      assertThat(security.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
      assertThat(pod.getHostNetwork()).isNull();
      assertThat(pod.getHostPID()).isNull();
      assertThat(pod.getHostIPC()).isNull();
      assertThat(pod.getVolumes())
          .allMatch(
              volume -> volume.getEmptyDir() != null || volume.getPersistentVolumeClaim() != null);
    }
  }

  @Test
  void containersHaveNoPrivilegesAndCannotWriteToTheirRoot() {
    for (PodSpec pod : rendered.pods()) {
      assertThat(pod.getInitContainers()).isEmpty();
      assertThat(pod.getContainers()).hasSize(1);
      SecurityContext security = Rendered.container(pod).getSecurityContext();
      Capabilities capabilities = security.getCapabilities();
      assertThat(security.getAllowPrivilegeEscalation()).isFalse();
      assertThat(security.getReadOnlyRootFilesystem()).isTrue();
      assertThat(security.getPrivileged()).isNull();
      assertThat(capabilities.getDrop()).containsExactly("ALL");
      assertThat(capabilities.getAdd()).isEmpty();
      assertThat(Rendered.container(pod).getPorts()).allMatch(port -> port.getHostPort() == null);
    }
  }

  @Test
  void podsWriteOnlyBelowTheDataAndTemporaryFolders() {
    for (PodSpec pod : rendered.pods()) {
      assertThat(Rendered.container(pod).getVolumeMounts())
          .filteredOn(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
          .extracting(VolumeMount::getMountPath)
          .containsExactly("/data", "/tmp");
      assertThat(Rendered.environment(pod).get("DJL_CACHE_DIR").getValue()).startsWith("/tmp/");
    }
  }

  @Test
  void podsCarryNoTokenAndNoVariablesOfOtherServices() {
    for (PodSpec pod : rendered.pods()) {
      assertThat(pod.getAutomountServiceAccountToken()).isFalse();
      assertThat(pod.getEnableServiceLinks()).isFalse();
    }
  }

  @Test
  void secretsAreNamedAndNeverWritten() {
    for (PodSpec pod : rendered.pods()) {
      Set<String> secret =
          Rendered.environment(pod).values().stream()
              .filter(variable -> SECRET.matcher(variable.getName()).find())
              .peek(ChartTest::assertReferencesASecret)
              .map(EnvVar::getName)
              .collect(toSet());
      assertThat(secret)
          .containsExactlyInAnyOrder(
              "SPRING_DATASOURCE_URL", "SPRING_DATASOURCE_USERNAME", "SPRING_DATASOURCE_PASSWORD");
    }
  }

  private static void assertReferencesASecret(EnvVar variable) {
    assertThat(variable.getValue()).isNull();
    assertThat(variable.getValueFrom().getSecretKeyRef().getName()).isNotBlank();
    assertThat(variable.getValueFrom().getSecretKeyRef().getKey()).isNotBlank();
  }

  @Test
  void threeProbesAskOneAnswerEachAndOnlyReadinessMayAskTheDatabase() {
    for (PodSpec pod : rendered.pods()) {
      var container = Rendered.container(pod);
      assertProbe(container.getStartupProbe(), "/actuator/health/liveness");
      assertProbe(container.getLivenessProbe(), "/actuator/health/liveness");
      assertProbe(container.getReadinessProbe(), "/actuator/health/readiness");
    }
  }

  @Test
  void podsOnAFullVolumeStayInTheService() {
    for (PodSpec pod : rendered.pods()) {
      assertThat(
              Rendered.environment(pod)
                  .get("MANAGEMENT_ENDPOINT_HEALTH_GROUP_READINESS_INCLUDE")
                  .getValue())
          .isEqualTo("readinessState,db");
    }
  }

  private static void assertProbe(Probe probe, String path) {
    assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
    assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
    assertThat(probe.getHttpGet().getHttpHeaders())
        .singleElement()
        .satisfies(header -> assertThat(header.getName()).isEqualTo("Host"))
        .satisfies(header -> assertThat(header.getValue()).isEqualTo("localhost"));
    assertThat(probe.getTimeoutSeconds()).isLessThanOrEqualTo(probe.getPeriodSeconds());
  }

  @Test
  void readinessIsLostWithinTenSeconds() {
    for (PodSpec pod : rendered.pods()) {
      Probe probe = Rendered.container(pod).getReadinessProbe();
      int seconds =
          probe.getPeriodSeconds() * probe.getFailureThreshold() + probe.getTimeoutSeconds();
      assertThat(seconds).isLessThanOrEqualTo(10);
    }
  }

  @Test
  void everyPodAsksForWhatItNeedsAndIsLimited() {
    for (PodSpec pod : rendered.pods()) {
      ResourceRequirements resources = Rendered.container(pod).getResources();
      assertThat(resources.getRequests()).containsKeys("cpu", "memory");
      assertThat(resources.getLimits()).containsKeys("cpu", "memory");
    }
  }

  @Test
  void aPodHasTimeToFinishBeforeItIsKilled() {
    for (PodSpec pod : rendered.pods()) {
      long preStop = Rendered.container(pod).getLifecycle().getPreStop().getSleep().getSeconds();
      String phase =
          Rendered.environment(pod).get("SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE").getValue();
      long phaseSeconds = Long.parseLong(phase.replace("s", ""));
      assertThat(pod.getTerminationGracePeriodSeconds())
          .isGreaterThanOrEqualTo(preStop + phaseSeconds + 5);
    }
  }

  @Test
  void everyDeploymentHasABudgetForDisruptions() {
    for (Deployment deployment : rendered.all(Deployment.class)) {
      PodDisruptionBudget budget =
          rendered.named(PodDisruptionBudget.class, deployment.getMetadata().getName());
      Map<String, String> selected = budget.getSpec().getSelector().getMatchLabels();
      assertThat(budget.getSpec().getMaxUnavailable().getIntVal()).isEqualTo(1);
      assertThat(selected).isEqualTo(deployment.getSpec().getSelector().getMatchLabels());
      assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels())
          .containsAllEntriesOf(selected);
    }
  }
}
