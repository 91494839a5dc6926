package dev.cairn.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON object in a file of a checkpoint, read by key with every value's form checked. */
public record JsonFile(Path path, JsonNode root) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** How the text begins that stands for a file which Git LFS has not fetched. */
  private static final String LFS_POINTER = "version https://git-lfs";

  public static JsonFile read(Path path) {
    try {
      byte[] bytes = Files.readAllBytes(path);
      if (new String(bytes, StandardCharsets.UTF_8).startsWith(LFS_POINTER)) {
        throw malformed(path, "it is a Git LFS pointer, the file itself was not fetched", null);
      }
      JsonNode root = JSON.readTree(bytes);
      if (!root.isObject()) {
        throw malformed(path, "it is not a JSON object", null);
      }
      return new JsonFile(path, root);
    } catch (JacksonException e) {
      throw malformed(path, e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static CheckpointException malformed(Path path, String why, @Nullable Throwable cause) {
    return new CheckpointException(
        CheckpointException.Reason.FILE_MALFORMED, path + " cannot be read: " + why, cause);
  }

  static CheckpointException unreadable(Path path, IOException cause) {
    return cause instanceof NoSuchFileException
        ? new CheckpointException(
            CheckpointException.Reason.FILE_MISSING, path + " is missing", cause)
        : new CheckpointException(
            CheckpointException.Reason.FILE_UNREADABLE, path + " cannot be read", cause);
  }

  boolean has(String key) {
    return root.has(key);
  }

  /** Whether a key has a value that is not null. */
  boolean isSet(String key) {
    return root.hasNonNull(key);
  }

  int integer(String key, int otherwise) {
    return isSet(key) ? integer(key) : otherwise;
  }

  double real(String key, double otherwise) {
    return isSet(key) ? real(key) : otherwise;
  }

  boolean truth(String key, boolean otherwise) {
    return isSet(key) ? truth(key) : otherwise;
  }

  String text(String key, String otherwise) {
    return isSet(key) ? text(key) : otherwise;
  }

  /** A whole number or several of them; none when the key is absent or null. */
  List<Integer> integersOrOne(String key) {
    if (!isSet(key)) {
      return List.of();
    }
    return value(key).isArray() ? integers(key) : List.of(integer(key));
  }

  List<String> strings(String key) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : expect(value(key).isArray(), key, "an array", value(key))) {
      texts.add(expect(element.isString(), key, "strings", element).stringValue());
    }
    return texts;
  }

  /** The object under a key. */
  JsonFile object(String key) {
    return new JsonFile(path, expect(value(key).isObject(), key, "an object", value(key)));
  }

  static @Nullable JsonFile readIfPresent(Path path) {
    return Files.exists(path) ? read(path) : null;
  }

  int integer(String key) {
    return integer(key, value(key));
  }

  List<Integer> integers(String key) {
    List<Integer> integers = new ArrayList<>();
    for (JsonNode element : expect(value(key).isArray(), key, "an array", value(key))) {
      integers.add(integer(key, element));
    }
    return integers;
  }

  private int integer(String key, JsonNode value) {
    boolean fits = value.isIntegralNumber() && value.canConvertToInt();
    return expect(fits, key, "a whole number", value).intValue();
  }

  double real(String key) {
    return expect(value(key).isNumber(), key, "a number", value(key)).doubleValue();
  }

  boolean truth(String key) {
    return expect(value(key).isBoolean(), key, "true or false", value(key)).booleanValue();
  }

  String text(String key) {
    return expect(value(key).isString(), key, "a string", value(key)).stringValue();
  }

  /** One of an enum's constants, written in lower case. */
  <E extends Enum<E>> E choice(String key, Class<E> type) {
    String text = text(key);
    return Stream.of(type.getEnumConstants())
        .filter(constant -> lowerCase(constant).equals(text))
        .findFirst()
        .orElseThrow(() -> invalid(key, "one of " + choices(type), text));
  }

  private static String choices(Class<? extends Enum<?>> type) {
    return Stream.of(type.getEnumConstants())
        .map(JsonFile::lowerCase)
        .collect(Collectors.joining(", "));
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  Map<String, String> texts(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    expect(value(key).isObject(), key, "an object", value(key))
        .properties()
        .forEach(
            p ->
                texts.put(
                    p.getKey(),
                    expect(p.getValue().isString(), key, "strings", p.getValue()).stringValue()));
    return texts;
  }

  private JsonNode value(String key) {
    JsonNode value = root.get(key);
    if (value == null) {
      throw new CheckpointException(
          CheckpointException.Reason.CONFIG_INVALID, "%s has no %s".formatted(path, key));
    }
    return value;
  }

  private JsonNode expect(boolean condition, String key, String what, JsonNode found) {
    if (!condition) {
      throw invalid(key, what, found.toString());
    }
    return found;
  }

  private CheckpointException invalid(String key, String what, String found) {
    return new CheckpointException(
        CheckpointException.Reason.CONFIG_INVALID,
        "%s: %s must be %s, not %s".formatted(path, key, what, found));
  }
}
