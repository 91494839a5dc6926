package dev.cairn.checkpoint;

import dev.cairn.gguf.GgufBytes;
import dev.cairn.gguf.GgufType;
import dev.cairn.kernel.Bfloat16;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes the decoder of a copied golden checkpoint as converters write GGUF. */
final class GgufCopy {

  private static final int BLOCK = 32;

  private final LayersCheckpointFolder checkpoint;
  private final JsonNode config;
  private final String architecture;
  private final EditedTensors tensors;
  private final GgufBytes bytes = new GgufBytes();

  /**
   * @param checkpoint of which config.json, weights and tokenizer.json go into the file
   */
  GgufCopy(LayersCheckpointFolder checkpoint) throws IOException {
    this.checkpoint = checkpoint;
    this.config = json("config.json");
    this.architecture = config.path("model_type").stringValue();
    this.tensors = checkpoint.tensors(LayersCheckpointFolder.MODEL);
  }

  private JsonNode json(String file) throws IOException {
    return JsonMapper.shared().readTree(Files.readAllBytes(checkpoint.path(file)));
  }

  /** What is said of the sizes. */
  GgufCopy sizes() {
    bytes.text("general.architecture", architecture);
    for (Map.Entry<String, String> key :
        Map.of(
                "hidden_size", "embedding_length",
                "num_hidden_layers", "block_count",
                "intermediate_size", "feed_forward_length",
                "max_position_embeddings", "context_length",
                "num_attention_heads", "attention.head_count",
                "num_key_value_heads", "attention.head_count_kv")
            .entrySet()) {
      count(key.getValue(), config.path(key.getKey()).intValue());
    }
    bytes.f32(key("attention.layer_norm_rms_epsilon"), config.path("rms_norm_eps").floatValue());
    bytes.f32(key("rope.freq_base"), config.path("rope_theta").floatValue());
    if (config.has("head_dim")) {
      count("attention.key_length", headDim()).count("attention.value_length", headDim());
    }
    return this;
  }

  private String key(String name) {
    return architecture + "." + name;
  }

  GgufCopy count(String name, int value) {
    bytes.u32(key(name), value);
    return this;
  }

  GgufBytes bytes() {
    return bytes;
  }

  private int headDim() {
    int heads = config.path("num_attention_heads").intValue();
    return config.path("head_dim").asInt(config.path("hidden_size").intValue() / heads);
  }

  /**
   * The vocabulary, with ids that stand for nothing behind it.
   *
   * @param rows ids in all
   */
  GgufCopy vocabulary(int rows) throws IOException {
    JsonNode json = json("tokenizer.json");
    String[] tokens = new String[rows];
    int[] types = new int[rows];
    for (int id = 0; id < rows; id++) {
      tokens[id] = "[PAD" + id + "]";
      types[id] = 5;
    }
    json.path("model").path("vocab").properties().forEach(text -> put(tokens, types, text, 1));
    json.path("added_tokens")
        .forEach(
            token ->
                put(
                    tokens,
                    types,
                    Map.entry(token.path("content").stringValue(), token.path("id")),
                    3));
    bytes
        .text("tokenizer.ggml.model", "gpt2")
        .text("tokenizer.ggml.pre", "qwen2")
        .texts("tokenizer.ggml.tokens", List.of(tokens))
        .i32s("tokenizer.ggml.token_type", types)
        .texts("tokenizer.ggml.merges", List.of());
    return this;
  }

  private static void put(
      String[] tokens, int[] types, Map.Entry<String, JsonNode> token, int type) {
    tokens[token.getValue().intValue()] = token.getKey();
    types[token.getValue().intValue()] = type;
  }

  /** All tensors, matrices in a type; rows of queries and keys interleaved for llama. */
  GgufCopy tensors(GgufType matrices) {
    for (String name : tensors.names()) {
      float[] numbers = ofFile(name);
      long[] shape = tensors.shape(name);
      GgufType type = shape.length == 2 ? matrices : GgufType.F32;
      bytes.tensor(ggufName(name), type.id(), pack(type, numbers), shape);
    }
    return this;
  }

  /** What the angles are divided by. */
  GgufCopy divisors(List<Double> divisors) {
    float[] numbers = new float[divisors.size()];
    for (int pair = 0; pair < numbers.length; pair++) {
      numbers[pair] = divisors.get(pair).floatValue();
    }
    bytes.tensor("rope_freqs.weight", GgufType.F32.id(), floats(numbers), numbers.length);
    return this;
  }

  private float[] ofFile(String name) {
    float[] numbers = tensors.floats(name);
    boolean turned = name.matches(".*\\.[qk]_proj\\.weight") && architecture.equals("llama");
    return turned ? interleaved(numbers, (int) tensors.shape(name)[1]) : numbers;
  }

  /** Rows i and e / 2 + i of each head come to stand beside each other. */
  private float[] interleaved(float[] numbers, int width) {
    float[] turned = new float[numbers.length];
    int half = headDim() / 2;
    for (int row = 0; row < numbers.length / width; row++) {
      int inHead = row % headDim();
      int to = row - inHead + inHead % half * 2 + inHead / half;
      System.arraycopy(numbers, row * width, turned, to * width, width);
    }
    return turned;
  }

  private static String ggufName(String name) {
    return switch (name) {
      case "model.embed_tokens.weight" -> "token_embd.weight";
      case "model.norm.weight" -> "output_norm.weight";
      case "lm_head.weight" -> "output.weight";
      default ->
          name.replace("model.layers.", "blk.")
              .replace("self_attn.o_proj", "attn_output")
              .replaceFirst("self_attn\\.(\\w)_norm", "attn_$1_norm")
              .replace("self_attn.", "attn_")
              .replace("post_attention_layernorm", "ffn_norm")
              .replace("input_layernorm", "attn_norm")
              .replace("mlp.", "ffn_")
              .replace("_proj.", ".");
    };
  }

  private static byte[] pack(GgufType type, float[] numbers) {
    return switch (type) {
      case F32 -> floats(numbers);
      case BF16 -> Bfloat16.round(numbers).array();
      case Q8_0 -> eightBits(numbers);
      default -> throw new IllegalArgumentException("nothing writes " + type);
    };
  }

  private static byte[] floats(float[] numbers) {
    ByteBuffer bytes =
        ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    return bytes.array();
  }

  /** A scale of F16 and a byte of each number. */
  private static byte[] eightBits(float[] numbers) {
    int blocks = numbers.length / BLOCK;
    ByteBuffer bytes =
        ByteBuffer.allocate(blocks * GgufType.Q8_0.blockBytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < numbers.length; at += BLOCK) {
      float peak = 0;
      for (int i = at; i < at + BLOCK; i++) {
        peak = Math.max(peak, Math.abs(numbers[i]));
      }
      short scale = Float.floatToFloat16(peak / 127);
      bytes.putShort(scale);
      for (int i = at; i < at + BLOCK; i++) {
        bytes.put((byte) Math.round(numbers[i] / Float.float16ToFloat(scale)));
      }
    }
    return bytes.array();
  }

  /** Matrices become what Q8_0 makes of them. */
  static void widen(EditedTensors tensors) {
    for (String name : List.copyOf(tensors.names())) {
      if (tensors.shape(name).length == 2) {
        tensors.change(name, GgufCopy::throughEightBits);
      }
    }
  }

  private static float[] throughEightBits(float[] numbers) {
    float[] widened = new float[numbers.length];
    GgufType.Q8_0.widen(ByteBuffer.wrap(eightBits(numbers)), widened, 0, widened.length);
    return widened;
  }

  /** Takes the place of configuration, weights and tokenizer. */
  Path write() throws IOException {
    checkpoint.without("config.json").without(LayersCheckpointFolder.MODEL);
    checkpoint.without("tokenizer.json");
    return bytes.write(checkpoint.path("decoder.gguf"));
  }
}
