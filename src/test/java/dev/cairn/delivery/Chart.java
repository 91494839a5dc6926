package dev.cairn.delivery;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.util.FileSystemUtils;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** The chart in this repository, linted and rendered by Helm inside this JVM. */
final class Chart {
  private static final Path FOLDER = Path.of("helm", "cairn");

  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "apps/v1 Deployment", Deployment.class,
          "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class,
          "v1 Service", Service.class,
          "v1 PersistentVolumeClaim", PersistentVolumeClaim.class,
          "networking.k8s.io/v1 Ingress", Ingress.class,
          "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class);

  /** Refuses fields that Kubernetes does not know, which its models would otherwise collect. */
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              });

  private Chart() {}

  /** The files of values that the chart carries for its tests. */
  static Stream<Path> valueSets() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve("ci"))) {
      return files.sorted().toList().stream();
    }
  }

  /** Lints a copy in an empty folder whose defaults are these values laid over the chart's. */
  static LintResult lint(Path values, Path copy) throws IOException {
    FileSystemUtils.copyRecursively(FOLDER, copy);
    Map<String, Object> merged = new TreeMap<>(load(FOLDER.resolve("values.yaml")));
    overlay(merged, load(values));
    Files.writeString(copy.resolve("values.yaml"), yaml().dump(merged));
    return new Helm(copy).lint().strict().call();
  }

  static String appVersion() throws IOException {
    return String.valueOf(load(FOLDER.resolve("Chart.yaml")).get("appVersion"));
  }

  private static Map<String, Object> load(Path file) throws IOException {
    return yaml().load(Files.readString(file));
  }

  @SuppressWarnings("unchecked")
  private static void overlay(Map<String, Object> below, Map<String, Object> above) {
    above.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> inner && below.get(key) instanceof Map<?, ?> outer) {
            Map<String, Object> merged = new TreeMap<>((Map<String, Object>) outer);
            overlay(merged, (Map<String, Object>) inner);
            below.put(key, merged);
          } else {
            below.put(key, value);
          }
        });
  }

  /**
   * The objects for a file of values, each of a known kind and without unknown fields.
   *
   * @throws IllegalStateException when the schema or a template refuses the values
   */
  static Rendered render(Path values) {
    return parse(manifests(values));
  }

  private static String manifests(Path values) {
    return new Helm(FOLDER)
        .template()
        .withName("library")
        .withNamespace("reading")
        .withKubeVersion("1.31.0")
        .withValuesFile(values)
        .call();
  }

  private static Rendered parse(String manifests) {
    Iterable<Object> documents = yaml().loadAll(manifests);
    Stream<Object> written =
        StreamSupport.stream(documents.spliterator(), false).filter(Objects::nonNull);
    return new Rendered(written.map(document -> typed((Map<?, ?>) document)).toList());
  }

  private static HasMetadata typed(Map<?, ?> document) {
    String kind = document.get("apiVersion") + " " + document.get("kind");
    return STRICT.convertValue(
        document, Objects.requireNonNull(KINDS.get(kind), () -> "unexpected " + kind));
  }

  private static Yaml yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return new Yaml(options);
  }
}
