package dev.cairn.start;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.function.SingletonSupplier;

/** The names of what a start was given, against those that there are. */
final class GivenSettings {

  private static final Logger LOG = LoggerFactory.getLogger(GivenSettings.class);

  private static final String OURS = "cairn.";
  private static final String OUR_VARIABLE = "CAIRN_";

  /** Read by the command line, not by a server. */
  private static final Set<String> OTHER_VARIABLES = Set.of("CAIRN_SERVER");

  private final ConfigurableEnvironment settings;
  private final KnownSettings ours = KnownSettings.ofCairn();

  /** Half a megabyte of JSON: read once, and only for an argument that is not ours. */
  private final SingletonSupplier<KnownSettings> libraries =
      SingletonSupplier.of(KnownSettings::ofLibraries);

  GivenSettings(ConfigurableEnvironment settings) {
    this.settings = settings;
  }

  /**
   * @throws SettingException when an argument is no setting, or a setting of Cairn's given
   *     elsewhere
   */
  void check() {
    sources().filter(source -> !isEnvironment(source)).forEach(this::check);
    sources().filter(GivenSettings::isEnvironment).forEach(this::warnOf);
  }

  private Stream<EnumerablePropertySource<?>> sources() {
    return settings.getPropertySources().stream()
        .filter(EnumerablePropertySource.class::isInstance)
        .map(source -> (EnumerablePropertySource<?>) source);
  }

  private static boolean isEnvironment(EnumerablePropertySource<?> source) {
    return source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
  }

  private void check(EnumerablePropertySource<?> source) {
    boolean arguments = source instanceof CommandLinePropertySource<?>;
    for (String name : source.getPropertyNames()) {
      if (name.startsWith(OURS)) {
        require(ours, name, arguments);
      } else if (arguments) {
        require(libraries.obtain(), name, true);
      }
    }
  }

  private static void require(KnownSettings known, String name, boolean argument) {
    if (!known.contain(name)) {
      throw SettingException.unknown(argument ? "--" : "", name, known.nearest(name));
    }
  }

  /** Only told: platforms set variables of their own, Kubernetes for every service named cairn. */
  private void warnOf(EnumerablePropertySource<?> environment) {
    List<String> unknown =
        Stream.of(environment.getPropertyNames())
            .filter(name -> name.startsWith(OUR_VARIABLE) && !OTHER_VARIABLES.contains(name))
            .filter(name -> !ours.containVariable(name))
            .sorted()
            .toList();
    if (!unknown.isEmpty()) {
      LOG.warn(
          "These variables are no settings and have no effect: {}", String.join(", ", unknown));
    }
  }
}
