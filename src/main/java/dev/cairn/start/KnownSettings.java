package dev.cairn.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Names of settings, as {@code cairn.compute-path}. A name may be written in other ways that Spring
 * takes, as {@code cairn.computePath}.
 *
 * @param names each of one setting
 * @param groups beginnings of names that may end in anything, as {@code logging.level}
 */
record KnownSettings(Set<String> names, Set<String> groups) {

  private static final LevenshteinDistance EDITS = LevenshteinDistance.getDefaultInstance();
  private static final String CAIRN = "dev.cairn";
  private static final String RECORDS = "**/*Settings.class";
  private static final String DESCRIPTIONS = "META-INF/spring-configuration-metadata.json";

  /** Cairn's own: the components of its records, whose names end in Settings. */
  static KnownSettings ofCairn() {
    var scan = new ClassPathScanningCandidateComponentProvider(false);
    // Looking into every class would take a second where two cores are busy.
    scan.setResourcePattern(RECORDS);
    scan.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
    return new KnownSettings(
        scan.findCandidateComponents(CAIRN).stream()
            .flatMap(found -> Stream.ofNullable(found.getBeanClassName()))
            .map(name -> ClassUtils.resolveClassName(name, null))
            .flatMap(KnownSettings::names)
            .collect(Collectors.toUnmodifiableSet()),
        Set.of());
  }

  private static Stream<String> names(Class<?> settings) {
    String prefix = settings.getAnnotation(ConfigurationProperties.class).value();
    return Stream.of(settings.getRecordComponents())
        .map(RecordComponent::getName)
        .map(name -> prefix + "." + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
  }

  /** Those of the libraries, as they describe them for editors. */
  static KnownSettings ofLibraries() {
    List<JsonNode> described = descriptions().flatMap(KnownSettings::properties).toList();
    return new KnownSettings(
        described.stream().map(KnownSettings::name).collect(Collectors.toUnmodifiableSet()),
        described.stream()
            .filter(property -> property.path("type").asString("").startsWith("java.util.Map"))
            .map(KnownSettings::name)
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static Stream<URL> descriptions() {
    try {
      ClassLoader loader = KnownSettings.class.getClassLoader();
      return Collections.list(loader.getResources(DESCRIPTIONS)).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<JsonNode> properties(URL description) {
    try (InputStream json = description.openStream()) {
      return JsonMapper.shared().readTree(json).path("properties").valueStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(JsonNode property) {
    return property.path("name").asString();
  }

  /**
   * @param name of a property, with the index of an element or without
   */
  boolean contain(String name) {
    String plain = plain(name);
    return names.stream().anyMatch(known -> plain(known).equals(plain))
        || groups.stream().anyMatch(group -> plain.startsWith(plain(group) + "."));
  }

  /**
   * @param name of an environment variable, in which dots and dashes cannot be told apart
   */
  boolean containVariable(String name) {
    String plain = letters(name.replaceAll("_\\d+_?$", ""));
    return names.stream().anyMatch(known -> letters(known).equals(plain));
  }

  /** The one that was probably meant. */
  Optional<String> nearest(String name) {
    int limit = 2 * name.length() / 3;
    return names.stream()
        .min(
            Comparator.<String>comparingInt(known -> EDITS.apply(known, name))
                .thenComparing(known -> known))
        .filter(known -> EDITS.apply(known, name) <= limit);
  }

  private static String plain(String name) {
    return name.replaceAll("\\[[^]]*]|[-_]", "").toLowerCase(Locale.ROOT);
  }

  private static String letters(String name) {
    return name.replaceAll("[-_.]", "").toLowerCase(Locale.ROOT);
  }
}
