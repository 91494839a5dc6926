package dev.cairn.tokenizer;

import dev.cairn.gguf.GgufMetadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * SentencePiece's BPE: blanks are written U+2581 and joined like letters, a character without a
 * token falls to its bytes. There the pair of highest score is joined first; here every way to
 * write a token as two becomes a merge, ranked by the token's score.
 *
 * @param unknown the token of what has no other, empty when there is none
 * @param blankBefore whether a text begins with a blank that it does not have
 */
record SentencePieceRules(List<Merge> merges, String unknown, boolean blankBefore)
    implements TokenRules {

  private static final String SCORES = "tokenizer.ggml.scores";
  private static final String BLANK = "\u2581";

  /** Two tokens that are joined to one. */
  record Merge(String left, String right, double score) {}

  static SentencePieceRules read(GgufMetadata metadata, List<String> tokens, long[] types) {
    double[] scores = metadata.reals(SCORES);
    GgufVocabulary.requireOneEach(metadata, SCORES, scores.length, tokens.size());
    Map<String, Integer> texts = new HashMap<>();
    String unknown = "";
    for (int id = 0; id < types.length; id++) {
      if (types[id] == GgufVocabulary.NORMAL) {
        texts.put(tokens.get(id), id);
      } else if (types[id] == GgufVocabulary.UNKNOWN) {
        unknown = tokens.get(id);
      }
    }
    String blank = "tokenizer.ggml.add_space_prefix";
    return new SentencePieceRules(
        merges(texts, scores), unknown, !metadata.has(blank) || metadata.truth(blank));
  }

  /** In falling rank; of one score, those with the longer left part first. */
  private static List<Merge> merges(Map<String, Integer> texts, double[] scores) {
    List<Merge> merges = new ArrayList<>();
    texts.forEach((text, id) -> addMerges(text, scores[id], texts, merges));
    merges.sort(
        Comparator.comparingDouble(Merge::score)
            .thenComparingInt(merge -> merge.left().length())
            .thenComparingInt(merge -> merge.right().length())
            .reversed()
            .thenComparing(Merge::left)
            .thenComparing(Merge::right));
    return merges;
  }

  private static void addMerges(
      String text, double score, Map<String, Integer> texts, List<Merge> merges) {
    int at = text.offsetByCodePoints(0, Math.min(1, text.length()));
    while (at < text.length()) {
      String left = text.substring(0, at);
      String right = text.substring(at);
      if (texts.containsKey(left) && texts.containsKey(right)) {
        merges.add(new Merge(left, right, score));
      }
      at = text.offsetByCodePoints(at, 1);
    }
  }

  @Override
  public boolean starts() {
    return true;
  }

  @Override
  public void addTo(ObjectNode root) {
    root.set("normalizer", normalizer());
    root.putNull("pre_tokenizer");
    root.set("decoder", decoder());
    ObjectNode model = root.putObject("model");
    model.put("type", "BPE").put("byte_fallback", true).put("fuse_unk", true);
    if (!unknown.isEmpty()) {
      model.put("unk_token", unknown);
    }
    ArrayNode pairs = model.putArray("merges");
    merges.forEach(merge -> pairs.addArray().add(merge.left()).add(merge.right()));
  }

  private JsonNode normalizer() {
    ObjectNode blanks = replace(" ", BLANK);
    if (!blankBefore) {
      return blanks;
    }
    ObjectNode sequence = JsonNodeFactory.instance.objectNode().put("type", "Sequence");
    ArrayNode parts = sequence.putArray("normalizers");
    parts.addObject().put("type", "Prepend").put("prepend", BLANK);
    parts.add(blanks);
    return sequence;
  }

  private static JsonNode decoder() {
    ObjectNode sequence = JsonNodeFactory.instance.objectNode().put("type", "Sequence");
    ArrayNode parts = sequence.putArray("decoders").add(replace(BLANK, " "));
    parts.addObject().put("type", "ByteFallback");
    parts.addObject().put("type", "Fuse");
    return sequence;
  }

  private static ObjectNode replace(String from, String to) {
    ObjectNode replace =
        JsonNodeFactory.instance.objectNode().put("type", "Replace").put("content", to);
    replace.putObject("pattern").put("String", from);
    return replace;
  }
}
