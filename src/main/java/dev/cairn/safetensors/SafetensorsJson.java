package dev.cairn.safetensors;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The JSON of a safetensors header, its form checked but not yet its numbers. Read token by token:
 * a hostile header costs no more memory than its own entries.
 */
record SafetensorsJson(List<Tensor> tensors, Map<String, String> metadata) {

  private static final String METADATA = "__metadata__";

  private static final int MAX_AXES = 16;

  /** Names that stand twice in one object are refused. */
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** One tensor; its bytes are counted from the end of the header. */
  record Tensor(String name, TensorType type, long[] shape, long begin, long end) {

    TensorEntry entry(long dataStart) {
      return new TensorEntry(name, type, shape, dataStart + begin, end - begin);
    }
  }

  static SafetensorsJson read(byte[] json) {
    var bytes = new ByteArrayInputStream(json);
    try (JsonParser parser =
        JSON.createParser(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()))) {
      SafetensorsJson content = readObject(parser);
      expect(parser.nextToken() == null, parser, "nothing after its end");
      return content;
    } catch (JacksonException e) {
      throw malformed("the header is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static SafetensorsJson readObject(JsonParser parser) {
    List<Tensor> tensors = new ArrayList<>();
    Map<String, String> metadata = Map.of();
    expect(parser.nextToken() == JsonToken.START_OBJECT, parser, "an object");
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      if (name.equals(METADATA)) {
        metadata = readMetadata(parser);
      } else {
        tensors.add(readTensor(name, parser));
      }
    }
    return new SafetensorsJson(tensors, metadata);
  }

  private static Map<String, String> readMetadata(JsonParser parser) {
    Map<String, String> metadata = new LinkedHashMap<>();
    expect(parser.nextToken() == JsonToken.START_OBJECT, parser, "an object");
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      metadata.put(name, string(parser));
    }
    return metadata;
  }

  private static Tensor readTensor(String name, JsonParser parser) {
    TensorType type = null;
    long[] shape = null;
    long[] offsets = null;
    expect(parser.nextToken() == JsonToken.START_OBJECT, parser, "an object");
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      switch (parser.currentName()) {
        case "dtype" -> type = type(name, string(parser));
        case "shape" -> shape = sizes(parser);
        case "data_offsets" -> offsets = sizes(parser);
        default -> expect(false, parser, "dtype, shape and data_offsets only");
      }
    }
    if (type == null || shape == null || offsets == null || offsets.length != 2) {
      throw malformed("tensor " + name + " needs a dtype, a shape and two data_offsets", null);
    }
    return new Tensor(name, type, shape, offsets[0], offsets[1]);
  }

  private static TensorType type(String tensor, String type) {
    for (TensorType known : TensorType.values()) {
      if (known.name().equals(type)) {
        return known;
      }
    }
    throw new SafetensorsException(
        SafetensorsException.Reason.TYPE_UNKNOWN,
        "tensor %s has the unknown dtype %s".formatted(tensor, type));
  }

  private static String string(JsonParser parser) {
    expect(parser.nextToken() == JsonToken.VALUE_STRING, parser, "a string");
    return parser.getString();
  }

  private static long[] sizes(JsonParser parser) {
    expect(parser.nextToken() == JsonToken.START_ARRAY, parser, "an array");
    LongStream.Builder sizes = LongStream.builder();
    for (int count = 0; parser.nextToken() != JsonToken.END_ARRAY; count++) {
      expect(count < MAX_AXES, parser, "at most " + MAX_AXES + " axes");
      expect(parser.currentToken() == JsonToken.VALUE_NUMBER_INT, parser, "a whole number");
      expect(parser.getLongValue() >= 0, parser, "a number that is not negative");
      sizes.add(parser.getLongValue());
    }
    return sizes.build().toArray();
  }

  private static void expect(boolean condition, JsonParser parser, String what) {
    if (!condition) {
      throw malformed(
          "the header has something else than %s at %s"
              .formatted(what, parser.streamReadContext().pathAsPointer()),
          null);
    }
  }

  private static SafetensorsException malformed(String message, @Nullable Throwable cause) {
    return new SafetensorsException(SafetensorsException.Reason.MALFORMED, message, cause);
  }

  /** The JSON of tensors that lie one behind the other in the given order. */
  static byte[] write(List<SafetensorsHeader.Form> tensors, Map<String, String> metadata) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeName(METADATA);
      json.writeStartObject();
      metadata.forEach(json::writeStringProperty);
      json.writeEndObject();
      long begin = 0;
      for (SafetensorsHeader.Form tensor : tensors) {
        write(json, tensor, begin);
        begin = Math.addExact(begin, tensor.length());
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, SafetensorsHeader.Form tensor, long begin) {
    json.writeName(tensor.name());
    json.writeStartObject();
    json.writeStringProperty("dtype", tensor.type().name());
    json.writeName("shape");
    json.writeArray(tensor.shape(), 0, tensor.shape().length);
    json.writeName("data_offsets");
    json.writeArray(new long[] {begin, begin + tensor.length()}, 0, 2);
    json.writeEndObject();
  }
}
