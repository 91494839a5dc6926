package dev.cairn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The shell blocks of a page of the documentation. */
public final class Examples {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(?:sh)?\\n(.*?)^```$");

  private final List<String> blocks;

  private Examples(List<String> blocks) {
    this.blocks = blocks;
  }

  public static Examples of(Path page) {
    try {
      return new Examples(
          BLOCK.matcher(Files.readString(page)).results().map(match -> match.group(1)).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** README.md and the pages of docs/. */
  public static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      return Stream.concat(Stream.of(Path.of("README.md")), docs)
          .filter(page -> page.toString().endsWith(".md"))
          .toList();
    }
  }

  /** The blocks that call the API, in their order. */
  public List<String> curls() {
    return blocks.stream().filter(block -> block.startsWith("curl ")).toList();
  }

  /** What stands behind {@code ./cairn} wherever it is called. */
  public Stream<String> commands() {
    return blocks.stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith("./cairn "))
        .map(line -> line.substring("./cairn ".length()));
  }

  /** The words of a command line, as a shell sees them. */
  public static String[] words(String line) {
    return Pattern.compile("\"([^\"]*)\"|(\\S+)")
        .matcher(line)
        .results()
        .map(Examples::word)
        .toArray(String[]::new);
  }

  private static String word(MatchResult match) {
    return match.group(1) == null ? match.group(2) : match.group(1);
  }
}
