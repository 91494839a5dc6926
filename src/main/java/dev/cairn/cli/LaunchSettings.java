package dev.cairn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How a JVM that serves has to be started. The build writes both from the properties of the pom.
 *
 * @param environment variables that the C library reads before the JVM starts
 * @param javaOptions options of the {@code java} command
 * @param version of this program
 */
public record LaunchSettings(
    Map<String, String> environment, List<String> javaOptions, String version) {

  public static LaunchSettings load() {
    return new LaunchSettings(
        environmentOf(text("environment.properties")),
        List.of(text("java.options").strip().split("\\s+")),
        text("version").strip());
  }

  /** True when this process was started with every variable of {@link #environment}. */
  public boolean inForce(Map<String, String> actual) {
    return environment.entrySet().stream()
        .allMatch(wanted -> wanted.getValue().equals(actual.get(wanted.getKey())));
  }

  /** The command that starts the jar as it should be started, for a shell. */
  public String command() {
    String variables =
        environment.entrySet().stream()
            .map(variable -> variable.getKey() + "=" + variable.getValue())
            .collect(Collectors.joining(" "));
    return "%s java %s -jar target/cairn.jar".formatted(variables, String.join(" ", javaOptions));
  }

  private static Map<String, String> environmentOf(String lines) {
    var properties = new Properties();
    try {
      properties.load(new java.io.StringReader(lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var environment = new TreeMap<String, String>();
    properties.forEach((name, value) -> environment.put((String) name, (String) value));
    return Map.copyOf(environment);
  }

  private static String text(String name) {
    try (InputStream file = LaunchSettings.class.getResourceAsStream("/launch/" + name)) {
      if (file == null) {
        throw new IllegalStateException("the build did not write launch/" + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
