package dev.cairn.gguf;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Finds the files of a model by their names: the parts of a split one are numbered from 1. */
final class ModelPaths {

  private static final Pattern PART = Pattern.compile("(.+)-(\\d{5})-of-(\\d{5})\\.gguf");

  private ModelPaths() {}

  /**
   * The files of the one model, in the order of its parts.
   *
   * @param path of a folder, or of a file
   * @throws GgufException when the folder has no model or several, or when a part is missing
   */
  static List<Path> of(Path path) throws IOException {
    List<Path> paths = parts(Files.isDirectory(path) ? onlyModel(path) : path);
    for (int part = 1; part <= paths.size() && paths.size() > 1; part++) {
      requirePresent(paths.get(part - 1), part, paths.size());
    }
    return paths;
  }

  private static void requirePresent(Path path, int part, int parts) {
    if (!Files.exists(path)) {
      throw new GgufException(
          GgufException.Reason.PARTS_INVALID,
          "%s is missing, part %d of %d of its model".formatted(path, part, parts));
    }
  }

  private static Path onlyModel(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "*.gguf")) {
      stream.forEach(found::add);
    }
    Set<Path> models = new TreeSet<>();
    for (Path file : found) {
      models.add(parts(file).getFirst());
    }
    if (models.size() != 1) {
      throw new GgufException(GgufException.Reason.MODEL_NOT_CHOSEN, choice(folder, models));
    }
    return models.iterator().next();
  }

  private static String choice(Path folder, Set<Path> models) {
    return models.isEmpty()
        ? folder + " has no file *.gguf"
        : "%s has %d models; name the file of one of them: %s"
            .formatted(
                folder,
                models.size(),
                String.join(", ", models.stream().map(m -> m.getFileName().toString()).toList()));
  }

  private static List<Path> parts(Path file) {
    Matcher name = PART.matcher(file.getFileName().toString());
    if (!name.matches() || Integer.parseInt(name.group(3)) == 0) {
      return List.of(file);
    }
    return IntStream.rangeClosed(1, Integer.parseInt(name.group(3)))
        .mapToObj(part -> "%s-%05d-of-%s.gguf".formatted(name.group(1), part, name.group(3)))
        .map(file::resolveSibling)
        .toList();
  }
}
