package dev.cairn.checkpoint;

import dev.cairn.gguf.GgufMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The chat template that lies beside a checkpoint, in one of the places where it is kept. */
final class ChatTemplate {

  private static final String KEY = "chat_template";

  private ChatTemplate() {}

  /** Empty when there is none. */
  static String read(Path folder) {
    Path own = folder.resolve("chat_template.jinja");
    try {
      if (Files.exists(own)) {
        return Files.readString(own);
      }
    } catch (IOException e) {
      throw JsonFile.unreadable(own, e);
    }
    return of(JsonFile.readIfPresent(folder.resolve("tokenizer_config.json")));
  }

  /** Empty when a GGUF file has none. */
  static String of(GgufMetadata metadata) {
    String key = "tokenizer." + KEY;
    return metadata.has(key) ? metadata.text(key) : "";
  }

  /** A string, or a list of named ones of which the default counts. */
  private static String of(@Nullable JsonFile settings) {
    if (settings == null || !settings.isSet(KEY)) {
      return "";
    }
    JsonNode template = settings.root().path(KEY);
    if (template.isString()) {
      return template.stringValue();
    }
    for (JsonNode each : template) {
      if (each.path("name").asString("").equals("default")) {
        return each.path("template").asString("");
      }
    }
    return "";
  }
}
