package dev.cairn.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.cairn.checkpoint.CheckpointException;
import dev.cairn.checkpoint.JsonFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A tokenizer.json in the format of the Hugging Face tokenizers library. */
record TokenizerFile(JsonFile json) {

  private static final String ADDED = "added_tokens";

  private static final Map<String, String> OPTIONS =
      Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

  static TokenizerFile read(Path path) {
    return new TokenizerFile(JsonFile.read(path));
  }

  /**
   * The native tokenizer of this file without its added tokens: it takes every text literally, and
   * it neither truncates nor pads.
   */
  HuggingFaceTokenizer withoutAddedTokens() {
    ObjectNode plain = ((ObjectNode) json.root()).deepCopy();
    plain.putArray(ADDED);
    plain.putNull("truncation");
    plain.putNull("padding");
    byte[] bytes = plain.toString().getBytes(StandardCharsets.UTF_8);
    try {
      return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(bytes), OPTIONS);
    } catch (IOException | RuntimeException e) {
      throw new CheckpointException(
          CheckpointException.Reason.FILE_MALFORMED, json.path() + " is no tokenizer", e);
    }
  }

  ControlTokens controlTokens() {
    Set<Integer> ids = new HashSet<>();
    added()
        .filter(token -> token.path("special").asBoolean(false))
        .forEach(token -> ids.add(id(token)));
    return new ControlTokens(idOf("<|im_start|>"), idOf("<|im_end|>"), Set.copyOf(ids));
  }

  private int idOf(String content) {
    return added()
        .filter(token -> token.path("content").asString("").equals(content))
        .mapToInt(this::id)
        .findFirst()
        .orElseThrow(() -> unsupported("it has no added token " + content));
  }

  private int id(JsonNode token) {
    JsonNode id = token.path("id");
    if (!id.isIntegralNumber() || !id.canConvertToInt()) {
      throw unsupported("an added token has no id");
    }
    return id.intValue();
  }

  private Stream<JsonNode> added() {
    return StreamSupport.stream(json.root().path(ADDED).spliterator(), false);
  }

  /**
   * @throws CheckpointException when the file has an id that the model has no embedding for
   */
  void requireIdsBelow(int vocabSize) {
    IntStream texts =
        json.root().path("model").path("vocab").values().stream()
            .mapToInt(id -> id.asInt(Integer.MAX_VALUE));
    int greatest = IntStream.concat(texts, added().mapToInt(this::id)).max().orElse(0);
    if (greatest >= vocabSize) {
      throw unsupported("its id %d is not below vocab_size %d".formatted(greatest, vocabSize));
    }
  }

  CheckpointException unsupported(String why) {
    return new CheckpointException(
        CheckpointException.Reason.CONFIG_INVALID, json.path() + " does not fit: " + why);
  }
}
