package dev.cairn.checkpoint;

import static dev.cairn.model.Sizes.require;

import dev.cairn.model.ChunkForm;
import dev.cairn.model.DecoderShape;
import dev.cairn.model.HeadLayout;
import dev.cairn.model.Hsa;
import dev.cairn.model.Rope;
import java.util.Set;

/** A config.json of the form {@link Hsa}. */
final class HsaConfig {

  static final String MODEL_TYPE = "hsa_decoder";

  private HsaConfig() {}

  /**
   * @throws IllegalArgumentException when its numbers do not fit each other
   */
  static Hsa read(JsonFile json) {
    require(
        !json.has("tie_word_embeddings") || json.truth("tie_word_embeddings"),
        "tie_word_embeddings must be true");
    Hsa.Encoder encoder =
        new Hsa.Encoder(
            json.integer("encoder_layers"), json.choice("landmark", Hsa.Landmark.class));
    Hsa.Blocks blocks =
        new Hsa.Blocks(
            json.integers("hsa_layers"),
            json.integer("top_k"),
            json.choice("chunk_weights", Hsa.ChunkWeights.class),
            json.choice("residual", Hsa.Residual.class));
    return new Hsa(
        decoder(json),
        json.integer("sliding_window"),
        json.integer("num_lower_layers"),
        json.integer("num_upper_layers"),
        encoder,
        blocks,
        chunk(json));
  }

  private static DecoderShape decoder(JsonFile json) {
    int end = json.integer("eos_token_id");
    int vocabSize = json.integer("vocab_size");
    DecoderShape decoder =
        new DecoderShape(
            vocabSize,
            vocabSize,
            json.integer("hidden_size"),
            new HeadLayout(
                json.integer("num_attention_heads"),
                json.integer("num_key_value_heads"),
                json.integer("head_dim")),
            json.integer("intermediate_size"),
            json.real("rms_norm_eps"),
            Rope.plain(json.real("rope_theta")),
            Set.of(end));
    int start = json.integer("bos_token_id");
    require(start >= 0 && start < decoder.vocabSize(), "bos_token_id must be below vocab_size");
    return decoder;
  }

  private static ChunkForm chunk(JsonFile json) {
    return new ChunkForm(
        json.integer("chunk_size"),
        1,
        json.integer("memory_kv_heads"),
        json.integer("head_dim"),
        json.integer("retrieval_dim"));
  }
}
