package dev.cairn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine that measures. */
final class Machine {

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private static final String NAME = "model name";

  private Machine() {}

  static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  static String describe() {
    return "%d cores of %s".formatted(cores(), processor());
  }

  private static String processor() {
    if (Files.isReadable(PROCESSORS)) {
      try (var lines = Files.lines(PROCESSORS)) {
        return lines
            .filter(line -> line.startsWith(NAME))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(System.getProperty("os.arch"));
      } catch (IOException e) {
        return System.getProperty("os.arch");
      }
    }
    return System.getProperty("os.arch");
  }
}
