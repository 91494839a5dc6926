package dev.cairn.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What single values change, and which values are refused. */
class ChartValuesTest {
  @TempDir Path folder;

  @Test
  void apiAndEncoderRunTheSameImageInTheirRoles() throws IOException {
    Rendered rendered = render("{}");
    PodSpec api = pod(rendered, "library-cairn-api");
    PodSpec encoder = pod(rendered, "library-cairn-encoder");
    assertThat(setting(api, "CAIRN_ROLES")).isEqualTo("api");
    assertThat(setting(encoder, "CAIRN_ROLES")).isEqualTo("encoder");
    assertThat(Rendered.container(api).getImage())
        .isEqualTo(Rendered.container(encoder).getImage())
        .isEqualTo("cairn:" + Chart.appVersion());
  }

  @Test
  void oneDeploymentTakesBothRolesWithoutEncoders() throws IOException {
    Rendered rendered = render("encoder: {enabled: false}");
    assertThat(rendered.pods()).hasSize(1);
    assertThat(setting(pod(rendered, "library-cairn-api"), "CAIRN_ROLES")).isEqualTo("api,encoder");
  }

  @Test
  void onlyTheApiIsCalledByTheService() throws IOException {
    Rendered rendered = render("{}");
    Service service = rendered.named(Service.class, "library-cairn");
    assertThat(service.getSpec().getSelector())
        .containsEntry("app.kubernetes.io/component", "api")
        .containsEntry("app.kubernetes.io/instance", "library");
  }

  @Test
  void aDeviceIsAskedForAndItsLibraryIsFound() throws IOException {
    Rendered rendered = render("encoder: {gpu: {count: 2, libraryClaim: libtorch}}");
    PodSpec encoder = pod(rendered, "library-cairn-encoder");
    var resources = Rendered.container(encoder).getResources();
    assertThat(resources.getLimits())
        .containsEntry("nvidia.com/gpu", new Quantity("2"))
        .containsKeys("cpu", "memory");
    assertThat(setting(encoder, "CAIRN_DEVICE")).isEqualTo("cuda:0");
    assertThat(setting(encoder, "PYTORCH_LIBRARY_PATH")).isEqualTo("/opt/libtorch/lib");
    assertThat(setting(encoder, "PYTORCH_FLAVOR")).isEqualTo("cu128");
    assertThat(encoder.getVolumes()).extracting(Volume::getName).contains("libtorch");
    assertThat(Rendered.environment(pod(rendered, "library-cairn-api")))
        .doesNotContainKey("CAIRN_DEVICE");
  }

  @Test
  void theDatabaseIsReachedThroughTheSecretThatIsNamed() throws IOException {
    PodSpec pod =
        pod(render("database: {secretName: orders, keys: {url: jdbc-uri}}"), "library-cairn-api");
    var url = Rendered.environment(pod).get("SPRING_DATASOURCE_URL").getValueFrom();
    assertThat(url.getSecretKeyRef().getName()).isEqualTo("orders");
    assertThat(url.getSecretKeyRef().getKey()).isEqualTo("jdbc-uri");
  }

  @Test
  void requestsMayNameTheServiceTheIngressAndFurtherHosts() throws IOException {
    PodSpec pod =
        pod(
            render("{ingress: {enabled: true, host: a.example}, allowedHosts: [b.example]}"),
            "library-cairn-api");
    assertThat(setting(pod, "CAIRN_ACCESS_ALLOWEDHOSTS").split(","))
        .containsExactly(
            "localhost",
            "library-cairn",
            "library-cairn.reading",
            "library-cairn.reading.svc",
            "library-cairn.reading.svc.cluster.local",
            "a.example",
            "b.example");
  }

  @Test
  void theIngressSpeaksTlsWithTheSecretThatIsNamed() throws IOException {
    Rendered rendered =
        render("ingress: {enabled: true, host: books.example, tlsSecretName: books-tls}");
    Ingress ingress = rendered.named(Ingress.class, "library-cairn");
    assertThat(ingress.getSpec().getTls().getFirst().getHosts()).containsExactly("books.example");
    assertThat(ingress.getSpec().getTls().getFirst().getSecretName()).isEqualTo("books-tls");
    assertThat(render("{}").all(Ingress.class)).isEmpty();
  }

  @Test
  void theNetworkIsClosedButForDnsTheDatabaseAndTheApi() throws IOException {
    Rendered rendered = render("database: {port: 6432}");
    NetworkPolicySpec all = rendered.named(NetworkPolicy.class, "library-cairn").getSpec();
    assertThat(all.getPolicyTypes()).containsExactly("Ingress", "Egress");
    assertThat(all.getPodSelector().getMatchLabels()).hasSize(2);
    assertThat(all.getIngress()).isEmpty();
    assertThat(all.getEgress().stream().flatMap(rule -> rule.getPorts().stream()))
        .extracting(ChartValuesTest::edge)
        .containsExactly("53/UDP", "53/TCP", "6432/TCP");
    NetworkPolicySpec api = rendered.named(NetworkPolicy.class, "library-cairn-api").getSpec();
    assertThat(api.getPodSelector().getMatchLabels())
        .containsEntry("app.kubernetes.io/component", "api");
    assertThat(api.getIngress().stream().flatMap(rule -> rule.getPorts().stream()))
        .extracting(ChartValuesTest::edge)
        .containsExactly("http/TCP");
    assertThat(api.getEgress()).isEmpty();
  }

  @Test
  void theNetworkIsLeftOpenOnlyWhenAsked() throws IOException {
    assertThat(render("networkPolicy: {enabled: false}").all(NetworkPolicy.class)).isEmpty();
  }

  @Test
  void blobsAreSharedByAllPodsAndKeptWithTheRelease() throws IOException {
    Rendered rendered = render("persistence: {size: 5Gi}");
    var claim = rendered.named(PersistentVolumeClaim.class, "library-cairn-data");
    assertThat(claim.getSpec().getAccessModes()).containsExactly("ReadWriteMany");
    assertThat(claim.getMetadata().getAnnotations())
        .containsEntry("helm.sh/resource-policy", "keep");
    assertThat(rendered.pods())
        .extracting(ChartValuesTest::dataClaim)
        .containsOnly("library-cairn-data");
  }

  @Test
  void anExistingClaimIsUsedAndNoneIsMade() throws IOException {
    Rendered rendered = render("persistence: {existingClaim: shelves}");
    assertThat(rendered.all(PersistentVolumeClaim.class)).isEmpty();
    assertThat(rendered.pods()).extracting(ChartValuesTest::dataClaim).containsOnly("shelves");
  }

  @Test
  void aVolumeOfOneNodeIsLeftBeforeTheNextPodStarts() throws IOException {
    Rendered rendered = render("persistence: {accessMode: ReadWriteOnce}");
    assertThat(rendered.all(Deployment.class))
        .allMatch(deployment -> deployment.getSpec().getStrategy().getType().equals("Recreate"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "replicas: 2                                       | replicas",
        "image: {tag: 'not a tag'}                         | image/tag",
        "image: {repository: Cairn}                        | image/repository",
        "image: {pullPolicy: Sometimes}                    | image/pullPolicy",
        "image: {pullSecrets: [UPPER]}                     | image/pullSecrets/0",
        "api: {replicas: 0}                                | api/replicas",
        "api: {replicas: 1001}                             | api/replicas",
        "api: {replicas: '2'}                              | api/replicas",
        "api: {resources: {limits: {memory: 6GB}}}         | api/resources/limits/memory",
        "api: {resources: {limits: {cpu: 0}}}              | api/resources/limits/cpu",
        "api: {resources: {limits: null}}                  | api/resources",
        "encoder: {enabled: 'yes'}                         | encoder/enabled",
        "encoder: {gpu: {count: -1}}                       | encoder/gpu/count",
        "encoder: {gpu: {count: 17}}                       | encoder/gpu/count",
        "encoder: {gpu: {count: 0.5}}                      | encoder/gpu/count",
        "encoder: {gpu: {resource: gpu}}                   | encoder/gpu/resource",
        "encoder: {gpu: {flavor: cpu}}                     | encoder/gpu/flavor",
        "encoder: {gpu: {libraryPath: lib}}                | encoder/gpu/libraryPath",
        "encoder: {tolerations: {key: a}}                  | encoder/tolerations",
        "database: {secretName: ''}                        | database/secretName",
        "database: {password: hunter2}                     | password",
        "database: {keys: {url: 'a b'}}                    | database/keys/url",
        "database: {port: 0}                               | database/port",
        "database: {port: 65536}                           | database/port",
        "model: {path: models/cairn-0.5b}                  | model/path",
        "persistence: {accessMode: ReadOnlyMany}           | persistence/accessMode",
        "persistence: {size: 0Gi}                          | persistence/size",
        "persistence: {enabled: false}                     | encoder/enabled",
        "temporary: {sizeLimit: lots}                      | temporary/sizeLimit",
        "service: {type: ExternalName}                     | service/type",
        "ingress: {host: 'https://books.example/'}         | ingress/host",
        "allowedHosts: ['*']                               | allowedHosts/0",
        "networkPolicy: {clients: [everyone]}              | networkPolicy/clients/0",
        "shutdown: {preStopSeconds: 0}                     | shutdown/preStopSeconds",
        "shutdown: {phaseSeconds: 3601}                    | shutdown/phaseSeconds",
        "probes: {startupSeconds: 29}                      | probes/startupSeconds",
        "environment: {CAIRN_DATABASE_PASSWORD: hunter2}   | CAIRN_DATABASE_PASSWORD",
        "environment: {cairn.device: cpu}                  | cairn.device",
        "environment: {CAIRN_THREADS: 2}                   | environment",
      })
  void theSchemaRefuses(String values, String where) {
    assertThatThrownBy(() -> render(values))
        .hasMessageContaining("schema")
        .hasMessageContaining(where);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api: {replicas: 1000}",
        "encoder: {gpu: {count: 16}}",
        "api: {resources: {limits: {cpu: 500m, memory: 512Mi}}}",
        "database: {port: 65535}",
        "shutdown: {preStopSeconds: 1, phaseSeconds: 3600}",
        "probes: {startupSeconds: 30}",
        "persistence: {enabled: false}\nencoder: {enabled: false}",
      })
  void theSchemaAcceptsTheEdges(String values) throws IOException {
    assertThat(render(values).pods()).isNotEmpty();
  }

  private Rendered render(String values) throws IOException {
    return Chart.render(Files.writeString(folder.resolve("values.yaml"), values));
  }

  private static PodSpec pod(Rendered rendered, String deployment) {
    return Rendered.pod(rendered.named(Deployment.class, deployment));
  }

  private static String setting(PodSpec pod, String name) {
    return Rendered.environment(pod).get(name).getValue();
  }

  private static String edge(NetworkPolicyPort port) {
    return port.getPort().getValue() + "/" + port.getProtocol();
  }

  private static String dataClaim(PodSpec pod) {
    return pod.getVolumes().stream()
        .filter(volume -> volume.getName().equals("data"))
        .findFirst()
        .orElseThrow()
        .getPersistentVolumeClaim()
        .getClaimName();
  }
}
