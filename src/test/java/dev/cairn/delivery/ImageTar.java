package dev.cairn.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An image as {@code docker save} lays it out: a manifest, a configuration and one archive for each
 * layer.
 */
record ImageTar(JsonNode config, List<Layer> layers) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int SMALL_FILE_BYTES = 64 * 1024;

  /** The entries of one layer, and the text of its small files by path. */
  record Layer(List<TarArchiveEntry> entries, Map<String, String> texts) {
    List<String> files() {
      return entries.stream()
          .filter(TarArchiveEntry::isFile)
          .map(TarArchiveEntry::getName)
          .toList();
    }
  }

  static ImageTar read(Path tar) throws IOException {
    Map<String, JsonNode> documents = new HashMap<>();
    Map<String, Layer> layers = new HashMap<>();
    try (var archive = new TarArchiveInputStream(Files.newInputStream(tar))) {
      for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
        String name = entry.getName();
        if (name.endsWith(".json")) {
          documents.put(name, JSON.readTree(archive.readAllBytes()));
        } else {
          layers.put(name, readLayer(archive));
        }
      }
    }
    JsonNode manifest = documents.get("manifest.json").get(0);
    List<Layer> inOrder =
        manifest.get("Layers").valueStream().map(name -> layers.get(name.asString())).toList();
    return new ImageTar(documents.get(manifest.get("Config").asString()), inOrder);
  }

  private static Layer readLayer(InputStream compressed) throws IOException {
    List<TarArchiveEntry> entries = new ArrayList<>();
    Map<String, String> texts = new HashMap<>();
    var archive = new TarArchiveInputStream(new GZIPInputStream(compressed));
    for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
      entries.add(entry);
      if (entry.isFile() && entry.getSize() <= SMALL_FILE_BYTES) {
        texts.put(entry.getName(), new String(archive.readAllBytes(), UTF_8));
      }
    }
    return new Layer(entries, texts);
  }

  JsonNode settings() {
    return config.get("config");
  }

  Map<String, String> environment() {
    Map<String, String> variables = new HashMap<>();
    for (JsonNode variable : settings().get("Env")) {
      String[] pair = variable.asString().split("=", 2);
      variables.put(pair[0], pair[1]);
    }
    return variables;
  }

  List<String> entryPoint() {
    return settings().get("Entrypoint").valueStream().map(JsonNode::asString).toList();
  }

  /** The text of a small file, whichever layer it is in. */
  String text(String path) {
    return layers.stream()
        .filter(layer -> layer.texts().containsKey(path))
        .findFirst()
        .orElseThrow()
        .texts()
        .get(path);
  }

  /** The one layer that holds files below a folder. */
  Layer layerOf(String folder) {
    List<Layer> found =
        layers.stream()
            .filter(layer -> layer.files().stream().anyMatch(file -> file.startsWith(folder)))
            .toList();
    if (found.size() != 1) {
      throw new IllegalStateException(folder + " is in " + found.size() + " layers, not in one");
    }
    return found.getFirst();
  }
}
