package dev.cairn.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.RealModels;
import dev.cairn.model.Hsa;
import dev.cairn.model.Layers;
import dev.cairn.safetensors.SafetensorsHeader;
import dev.cairn.safetensors.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {

  private static final String SENTENCE =
      """
      {"model": "bge-small-en-v1.5", "dimension": 384, "query_prefix": "Find: ", \
      "pooling": "cls", "scale": 30.0}""";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tiny",
        "tiny-mean-landmark",
        "tiny-no-encoder",
        "tiny-standard-residual",
        "tiny-stick-breaking"
      })
  void opensEveryGoldenVariant(String variant) {
    Checkpoint checkpoint = Checkpoint.open(TinyCheckpoint.GOLDEN.resolveSibling(variant));

    assertThat(checkpoint.form().decoder().vocabSize()).isEqualTo(259);
    assertThat(((Hsa) checkpoint.form()).blocks().beforeLayers()).hasSize(2);
    assertThat(checkpoint.sentence()).isNull();
  }

  @Test
  void opensTheShippedOneWithItsPartsAndItsSentenceEncoder() {
    Checkpoint checkpoint = Checkpoint.open(RealModels.SHIPPED);

    assertThat(((Layers) checkpoint.form()).layers()).isEqualTo(24);
    SentenceSettings sentence = Objects.requireNonNull(checkpoint.sentence());
    assertThat(sentence.queryPrefix()).startsWith("Represent");
    assertThat(sentence.chunkMean()).hasSize(384).isNotEqualTo(sentence.questionMean());
  }

  @Test
  void oneChangedByteOfTheWeightsChangesTheirDigestOnly() throws IOException {
    Path file = tiny().write().resolve("model.safetensors");
    Checkpoint before = Checkpoint.open(folder);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    Checkpoint after = Checkpoint.open(folder);

    assertThat(after.weightsSha256()).hasSize(64).isNotEqualTo(before.weightsSha256());
    assertThat(after.tokenizerSha256()).hasSize(64).isEqualTo(before.tokenizerSha256());
    assertThat(after.configSha256()).hasSize(64).isEqualTo(before.configSha256());
  }

  @Test
  void findsTensorsInShards() throws IOException {
    tiny().writeShards();
    Checkpoint.open(folder);

    try (WeightFiles shards = WeightFiles.open(folder);
        WeightFiles whole = WeightFiles.open(TinyCheckpoint.GOLDEN)) {
      for (String name : whole.names()) {
        assertThat(bytes(shards, name)).isEqualTo(bytes(whole, name));
      }
    }
  }

  private static ByteBuffer bytes(WeightFiles weights, String name) {
    ByteBuffer bytes = ByteBuffer.allocate((int) weights.entry(name).length());
    weights.entry(name).read(bytes);
    return bytes.flip();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "embed_tokens.weight",
        "lower.1.self_attn.sink_v",
        "upper.3.mlp.down_proj.weight",
        "chunk_encoder.cls",
        "chunk_encoder.layers.0.input_layernorm.weight",
        "hsa.1.query_norm.weight",
        "norm.weight"
      })
  void refusesAMissingTensor(String name) throws IOException {
    tiny().remove(name).write();
    assertThatThrownBy(() -> Checkpoint.open(folder)).hasMessageContaining(name);
    assertRefused(CheckpointException.Reason.TENSOR_MISSING);
  }

  @Test
  void opensWithoutTensorsThatAnAblationDoesNotNeed() throws IOException {
    tiny()
        .remove("chunk_encoder.cls")
        .remove("chunk_encoder.layers.0.input_layernorm.weight")
        .put("left.over", TensorType.I64, 3)
        .config(config -> config.replace("\"cls\"", "\"none\""))
        .write();
    assertThat(((Hsa) Checkpoint.open(folder).form()).encoder().landmark())
        .isEqualTo(Hsa.Landmark.NONE);
  }

  @Test
  void refusesAMisshapenTensor() throws IOException {
    tiny().put("hsa.0.q_proj.weight", TensorType.F32, 64, 65).write();
    assertRefused(CheckpointException.Reason.TENSOR_MISSHAPEN);
    tiny().put("norm.weight", TensorType.F32, 1, 64).write();
    assertRefused(CheckpointException.Reason.TENSOR_MISSHAPEN);
  }

  @ParameterizedTest
  @CsvSource({"F64", "I32", "BOOL"})
  void refusesAnElementTypeThatDoesNotLoad(TensorType type) throws IOException {
    tiny().put("hsa.0.q_proj.weight", type, 64, 64).write();
    assertRefused(CheckpointException.Reason.DTYPE_UNSUPPORTED);
  }

  @ParameterizedTest
  @CsvSource({"F16", "BF16"})
  void takesHalfPrecision(TensorType type) throws IOException {
    tiny().put("hsa.0.q_proj.weight", type, 64, 64).write();
    Checkpoint.open(folder);
  }

  @Test
  void takesIntegersOnlyWithAScaleForEachRow() throws IOException {
    String name = "hsa.0.mlp.up_proj.weight";
    TinyCheckpoint tiny = tiny().put(name, TensorType.I8, 96, 64);
    tiny.write();
    assertRefused(CheckpointException.Reason.TENSOR_MISSING);

    tiny.put(name + ".scale", TensorType.F16, 64).write();
    assertRefused(CheckpointException.Reason.TENSOR_MISSHAPEN);

    tiny.put(name + ".scale", TensorType.F32, 96).write();
    assertRefused(CheckpointException.Reason.DTYPE_UNSUPPORTED);

    tiny.put(name + ".scale", TensorType.F16, 96).write();
    Checkpoint.open(folder);

    tiny.put("norm.weight", TensorType.I8, 64).put("norm.weight.scale", TensorType.F16, 64).write();
    assertRefused(CheckpointException.Reason.DTYPE_UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 8, 100, 20_000})
  void refusesATruncatedWeightFile(int length) throws IOException {
    truncate(tiny().write().resolve("model.safetensors"), length);
    assertRefused(CheckpointException.Reason.FILE_TRUNCATED);
  }

  @Test
  void refusesATruncatedShardByItsLastByte() throws IOException {
    Path shard = tiny().writeShards().resolve("model-2.safetensors");
    truncate(shard, Files.size(shard) - 1);
    assertRefused(CheckpointException.Reason.FILE_TRUNCATED);
  }

  private static void truncate(Path file, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }

  @Test
  void refusesAHeaderLongerThanAnyFile() throws IOException {
    ByteBuffer bomb = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    bomb.putLong(0, Long.MAX_VALUE);
    Files.write(tiny().write().resolve("model.safetensors"), bomb.array());
    assertRefused(CheckpointException.Reason.FILE_MALFORMED);
  }

  @Test
  void refusesAnIndexThatLeavesATensorOut() throws IOException {
    Path index = tiny().writeShards().resolve("model.safetensors.index.json");
    String text = Files.readString(index);
    Files.writeString(
        index, text.replace("\"lower.0.mlp.up_proj.weight\":\"model-1.safetensors\",", ""));
    assertRefused(CheckpointException.Reason.TENSOR_MISSING);
  }

  @Test
  void refusesAnIndexThatNamesTheWrongShard() throws IOException {
    Path index = tiny().writeShards().resolve("model.safetensors.index.json");
    String text = Files.readString(index);
    Files.writeString(
        index, text.replace("\"norm.weight\":\"model-2", "\"norm.weight\":\"model-1"));
    assertRefused(CheckpointException.Reason.TENSOR_MISSING);
  }

  @Test
  void refusesAnIndexThatLeavesItsFolder() throws IOException {
    Path index = tiny().writeShards().resolve("model.safetensors.index.json");
    Files.writeString(index, Files.readString(index).replace("model-1.", "../model-1."));
    assertRefused(CheckpointException.Reason.FILE_MALFORMED);
  }

  @Test
  void refusesMissingFiles() throws IOException {
    tiny();
    assertRefused(CheckpointException.Reason.FILE_MISSING);

    tiny().writeShards();
    Files.delete(folder.resolve("model-2.safetensors"));
    assertRefused(CheckpointException.Reason.FILE_MISSING);

    tiny().writeShards();
    Files.delete(folder.resolve("model.safetensors.index.json"));
    Files.delete(folder.resolve("model-1.safetensors"));
    assertRefused(CheckpointException.Reason.TENSOR_MISSING);

    tiny().write();
    Files.delete(folder.resolve("tokenizer.json"));
    assertRefused(CheckpointException.Reason.FILE_MISSING);

    tiny().write();
    Files.delete(folder.resolve("config.json"));
    assertRefused(CheckpointException.Reason.FILE_MISSING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"hsa_decoder\" | \"llama\"",
        "\"model_type\" | \"model_kind\"",
        "\"hidden_size\": 64 | \"hidden_size\": 0",
        "\"hidden_size\": 64 | \"hidden_size\": -64",
        "\"hidden_size\": 64 | \"hidden_size\": 64.5",
        "\"hidden_size\": 64 | \"hidden_size\": \"64\"",
        "\"hidden_size\": 64 | \"hidden_size\": 99999999999",
        "\"hidden_size\": 64, | ",
        "\"num_attention_heads\": 4 | \"num_attention_heads\": 3",
        "\"memory_kv_heads\": 2 | \"memory_kv_heads\": 3",
        "\"chunk_size\": 8 | \"chunk_size\": 100000000",
        "\"head_dim\": 16 | \"head_dim\": 15",
        "1e-05 | 0.0",
        "1e-05 | 1e999",
        "\"rope_theta\": 10000.0 | \"rope_theta\": -1",
        "\"sliding_window\": 24 | \"sliding_window\": 0",
        "\"num_upper_layers\": 4 | \"num_upper_layers\": 2",
        "\"hsa_layers\": [ | \"hsa_layers\": [], \"old\": [",
        "\"hsa_layers\": [ | \"hsa_layers\": [-1,",
        "\"hsa_layers\": [ | \"hsa_layers\": [1,",
        "\"hsa_layers\": [ | \"hsa_layers\": [0,",
        "\"hsa_layers\": [ | \"hsa_layers\": 0, \"old\": [",
        "\"encoder_layers\": 1 | \"encoder_layers\": 0",
        "\"top_k\": 3 | \"top_k\": 0",
        "\"landmark\": \"cls\" | \"landmark\": \"CLS\"",
        "\"softmax\" | \"sigmoid\"",
        "\"bypass\" | \"none\"",
        "\"tie_word_embeddings\": true | \"tie_word_embeddings\": false",
        "\"eos_token_id\": 2 | \"eos_token_id\": 259",
        "\"bos_token_id\": 0 | \"bos_token_id\": -1",
      })
  void refusesAConfigurationThatCannotBe(String from, String to) throws IOException {
    tiny().config(config -> config.replace(from, Objects.requireNonNullElse(to, ""))).write();
    assertRefused(CheckpointException.Reason.CONFIG_INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{\"a\":1,\"a\":1}", "{}{}"})
  void refusesAConfigurationThatIsNotAnObject(String json) throws IOException {
    Files.writeString(tiny().write().resolve("config.json"), json);
    assertRefused(CheckpointException.Reason.FILE_MALFORMED);
  }

  @ParameterizedTest
  @CsvSource({
    "bge-small-en-v1.5, bge-large",
    "384, 385",
    "cls, mean",
    "30.0, 0",
    "query_prefix, prefix"
  })
  void refusesAnUnknownSentenceEncoder(String from, String to) throws IOException {
    writeSentence(SENTENCE.replace(from, to), 384);
    assertRefused(CheckpointException.Reason.CONFIG_INVALID);
  }

  @Test
  void refusesSentenceMeansThatDoNotFit() throws IOException {
    writeSentence(SENTENCE, 384);
    assertThat(Checkpoint.open(folder).sentence()).isNotNull();

    writeSentence(SENTENCE, 383);
    assertRefused(CheckpointException.Reason.TENSOR_MISSHAPEN);

    truncate(folder.resolve("sentence.safetensors"), 1000);
    assertRefused(CheckpointException.Reason.FILE_TRUNCATED);

    Files.delete(folder.resolve("sentence.safetensors"));
    assertRefused(CheckpointException.Reason.FILE_MISSING);
  }

  private void writeSentence(String json, int dimension) throws IOException {
    TinyCheckpoint tiny = tiny();
    tiny.write();
    Files.writeString(folder.resolve("sentence.json"), json);
    var mean = new byte[dimension * Float.BYTES];
    tiny.write(
        "sentence.safetensors",
        Map.of(
            "question_mean", tensor("question_mean", mean, dimension),
            "chunk_mean", tensor("chunk_mean", mean, dimension)));
  }

  private static TinyCheckpoint.Tensor tensor(String name, byte[] bytes, int dimension) {
    return new TinyCheckpoint.Tensor(
        new SafetensorsHeader.Form(name, TensorType.F32, dimension), bytes);
  }

  private TinyCheckpoint tiny() throws IOException {
    for (String name : Objects.requireNonNull(folder.toFile().list())) {
      Files.delete(folder.resolve(name));
    }
    return new TinyCheckpoint(folder);
  }

  private void assertRefused(CheckpointException.Reason reason) {
    assertThatThrownBy(() -> Checkpoint.open(folder))
        .isInstanceOfSatisfying(
            CheckpointException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
