package dev.cairn.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.cairn.checkpoint.CheckpointException;
import dev.cairn.checkpoint.JsonFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * A tokenizer in the format of the Hugging Face tokenizers library: read from a tokenizer.json, or
 * made of a GGUF file's vocabulary ({@link GgufVocabulary}).
 */
record TokenizerFile(JsonFile json) {

  private static final Map<String, String> OPTIONS =
      Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

  static TokenizerFile read(Path path) {
    return new TokenizerFile(JsonFile.read(path));
  }

  /**
   * The native tokenizer of this file for plain text: it takes every text literally, and it neither
   * truncates nor pads.
   *
   * @param blankBefore whether it puts a blank before a text where the file asks for one
   */
  HuggingFaceTokenizer plain(boolean blankBefore) {
    JsonNode plain = PlainTextJson.of(json.root(), addedTokens(), blankBefore);
    byte[] bytes = plain.toString().getBytes(StandardCharsets.UTF_8);
    try {
      return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(bytes), OPTIONS);
    } catch (IOException | RuntimeException e) {
      throw new CheckpointException(
          CheckpointException.Reason.FILE_MALFORMED, json.path() + " is no tokenizer", e);
    }
  }

  AddedTokens addedTokens() {
    return new AddedTokens(added().map(this::token).toList());
  }

  private AddedTokens.Token token(JsonNode token) {
    boolean special = token.path("special").asBoolean(false);
    return new AddedTokens.Token(id(token), token.path("content").asString(""), special);
  }

  private int id(JsonNode token) {
    JsonNode id = token.path("id");
    if (!id.isIntegralNumber() || !id.canConvertToInt()) {
      throw unsupported("an added token has no id");
    }
    return id.intValue();
  }

  private Stream<JsonNode> added() {
    return StreamSupport.stream(json.root().path(PlainTextJson.ADDED).spliterator(), false);
  }

  /** The token that the file puts before a text: the first of its template for one text. */
  OptionalInt startToken() {
    for (JsonNode processor : parts("post_processor", "processors")) {
      JsonNode first = processor.path("single").path(0).path("SpecialToken").path("id");
      JsonNode id = processor.path("special_tokens").path(first.asString("")).path("ids").path(0);
      if (id.canConvertToInt() && id.isIntegralNumber()) {
        return OptionalInt.of(id.intValue());
      }
    }
    return OptionalInt.empty();
  }

  /** Whether its tokens are of bytes: then none reaches over the start of most white space. */
  boolean isByteLevel() {
    return parts("pre_tokenizer", "pretokenizers").stream()
        .anyMatch(part -> PlainTextJson.isOfType(part, "ByteLevel"));
  }

  /** Whether the bytes of a character that has no token get a token each. */
  boolean fallsBackToBytes() {
    return json.root().path("model").path("byte_fallback").asBoolean(false);
  }

  BlankBefore blankBefore() {
    for (JsonNode part : parts("pre_tokenizer", "pretokenizers")) {
      if (PlainTextJson.isOfType(part, "Metaspace")) {
        return ofMetaspace(part);
      }
    }
    boolean prepends =
        parts("normalizer", "normalizers").stream()
            .anyMatch(part -> PlainTextJson.isOfType(part, "Prepend"));
    return prepends ? BlankBefore.EVERY_TEXT : BlankBefore.NOTHING;
  }

  private static BlankBefore ofMetaspace(JsonNode metaspace) {
    boolean legacy = metaspace.path("add_prefix_space").asBoolean(true);
    return switch (metaspace.path("prepend_scheme").asString(legacy ? "always" : "never")) {
      case "never" -> BlankBefore.NOTHING;
      case "first" -> BlankBefore.FIRST_TEXT;
      default -> BlankBefore.EVERY_TEXT;
    };
  }

  /** The parts of a step that may be a sequence. */
  private List<JsonNode> parts(String step, String sequence) {
    return PlainTextJson.parts(json.root().path(step), sequence);
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
