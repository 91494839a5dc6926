package dev.cairn.checkpoint;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.gguf.GgufType;
import dev.cairn.model.Golden;
import dev.cairn.model.Layers;
import dev.cairn.safetensors.TensorType;
import dev.cairn.vector.GoldenAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Adapters of PEFT: what their keys ask for comes out, or is refused by key or tensor. */
class AdapterTest {

  private static final String QWEN2 = "layers-qwen2";
  private static final String CONFIG = "adapter_config.json";
  private static final String WEIGHTS = LayersCheckpointFolder.ADAPTER;
  private static final String QUERY = "base_model.model.model.layers.1.self_attn.q_proj.lora_";
  private static final String A = QUERY + "A.weight";
  private static final String B = QUERY + "B.weight";
  private static final int MATRICES = 21; // seven of each of three layers

  @TempDir private Path folder;

  private LayersCheckpointFolder qwen2() throws IOException {
    return LayersCheckpointFolder.copy(QWEN2, folder);
  }

  private LayersCheckpointFolder with(Consumer<ObjectNode> config) throws IOException {
    return qwen2().json(CONFIG, config);
  }

  private LayersCheckpointFolder withTensors(Consumer<EditedTensors> change) throws IOException {
    return qwen2().tensors(WEIGHTS, change);
  }

  private static Adapter open(LayersCheckpointFolder checkpoint) {
    Layers form = (Layers) checkpoint.open().form();
    return requireNonNull(Adapter.openIfPresent(checkpoint.path(), form));
  }

  @Test
  void withoutItTheAnswerIsAnother() throws IOException {
    try (Golden golden = Golden.open(QWEN2)) {
      assertThat(GoldenAnswer.of(qwen2().withoutAdapter().open(), golden).ids())
          .isNotEqualTo(golden.ids("greedy.ids"));
    }
  }

  @Test
  void ofStabilizedRankScalesByItsRoot() throws IOException {
    GoldenAnswer.assertGiven(
        with(config -> config.put("use_rslora", true).put("lora_alpha", 4)).open(), QWEN2);
  }

  /** Rows of zeros behind the first four; half of the scale of twice the rank is the same. */
  @Test
  void mayHaveARankAndAlphaOfItsOwnForSomeModules() throws IOException {
    LayersCheckpointFolder patterns =
        with(
            config -> {
              config.putObject("rank_pattern").put("layers.1.self_attn.q_proj", 8);
              config.putObject("alpha_pattern").put(".*\\.1\\.self_attn\\.q_proj", 16);
            });
    patterns.tensors(WEIGHTS, AdapterTest::doubleRank);
    GoldenAnswer.assertGiven(patterns.open(), QWEN2);
  }

  private static void doubleRank(EditedTensors tensors) {
    tensors.put(A, Arrays.copyOf(tensors.floats(A), 8 * 64), 8, 64);
    float[] up = tensors.floats(B);
    float[] wide = new float[64 * 8];
    for (int row = 0; row < 64; row++) {
      System.arraycopy(up, row * 4, wide, row * 8, 4);
    }
    tensors.put(B, wide, 64, 8);
  }

  @Test
  void refusesARankThatItDoesNotHave() throws IOException {
    withTensors(tensors -> tensors.put(A, TensorType.F32, 3, 64))
        .assertRefused(WEIGHTS, "tensor " + A, "[3, 64]");
  }

  @Test
  void refusesToBeWithoutAlpha() throws IOException {
    with(config -> config.remove("lora_alpha")).assertRefused(CONFIG, "lora_alpha");
  }

  @ParameterizedTest
  @CsvSource({
    "use_dora, true",
    "bias, \"all\"",
    "bias, \"lora_only\"",
    "lora_bias, true",
    "fan_in_fan_out, true",
    "peft_type, \"IA3\"",
    "modules_to_save, [\"lm_head\"]",
    "target_parameters, [\"mlp.experts\"]",
    "trainable_token_indices, [1]",
    "init_lora_weights, \"pissa_niter_4\""
  })
  void refusesByKeyWhatWouldComputeSomethingElse(String key, String value) throws IOException {
    with(config -> config.set(key, LayersCheckpointFolder.value(value))).assertRefused(CONFIG, key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "base_model.model.language_model.model.layers.",
        "base_model.model.model.language_model.layers.",
        "base_model.model.layers.",
        "model.layers.",
        "layers."
      })
  void appliesWhateverStandsBeforeTheNamesOfItsLayers(String names) throws IOException {
    LayersCheckpointFolder renamed =
        withTensors(
            tensors ->
                tensors.rename(name -> name.replace("base_model.model.model.layers.", names)));
    try (Adapter adapter = open(renamed)) {
      assertThat(adapter.count()).isEqualTo(MATRICES);
      assertThat(adapter.leftOut()).isZero();
    }
    GoldenAnswer.assertGiven(renamed.open(), QWEN2);
  }

  @Test
  void appliesBesideAFileOfGguf() throws IOException {
    Path file = new GgufCopy(qwen2()).sizes().vocabulary(259).tensors(GgufType.F32).write();
    GoldenAnswer.assertGiven(Checkpoint.open(file), QWEN2);
    LayersCheckpointFolder.assertRefused(withoutHalfBeside(file), WEIGHTS, "has no lora_B");
  }

  private Path withoutHalfBeside(Path file) throws IOException {
    EditedTensors tensors = EditedTensors.read(folder.resolve(WEIGHTS));
    tensors.remove(B).write(folder.resolve(WEIGHTS));
    return file;
  }

  @Test
  void refusesHalfOfAMatrixAndNamesOfNothing() throws IOException {
    withTensors(tensors -> tensors.remove(B))
        .assertRefused(WEIGHTS, "layers.1.self_attn.q_proj has no lora_B");
    withTensors(tensors -> tensors.rename(name -> name.replace("layers.1.", "blocks.1.")))
        .assertRefused(WEIGHTS, "blocks.1.", "applies to nothing");
    withTensors(tensors -> tensors.rename(name -> name.replace("layers.1.", "layers.9.")))
        .assertRefused(WEIGHTS, "layers.9.", "no matrix of the decoder");
    withTensors(tensors -> List.copyOf(tensors.names()).forEach(tensors::remove))
        .assertRefused(WEIGHTS, "nothing of it applies");
  }

  /** Of all four layers, of which the lowest reads no memory. */
  private LayersCheckpointFolder ofAllLayers() throws IOException {
    return withTensors(
        tensors ->
            List.copyOf(tensors.names()).stream()
                .filter(name -> name.contains("layers.1."))
                .forEach(name -> copyToLowest(tensors, name)));
  }

  private static void copyToLowest(EditedTensors tensors, String name) {
    String lowest = name.replace("layers.1.", "layers.0.");
    tensors.put(lowest, tensors.floats(name), tensors.shape(name));
  }

  @Test
  void refusesTensorsOfLayersThatReadNoMemory() throws IOException {
    ofAllLayers().assertRefused(WEIGHTS, "layers.0.", "memory_start 1", "adapter_below_memory");
  }

  @Test
  void leavesThemOutAndTellsHowManyWhereAsked() throws IOException {
    LayersCheckpointFolder some = leavingOut(ofAllLayers());
    try (Adapter adapter = open(some)) {
      assertThat(adapter.count()).isEqualTo(MATRICES);
      assertThat(adapter.leftOut()).isEqualTo(7);
    }
    GoldenAnswer.assertGiven(some.open(), QWEN2);
  }

  private static LayersCheckpointFolder leavingOut(LayersCheckpointFolder checkpoint)
      throws IOException {
    return checkpoint.json(
        "memory.json", memory -> memory.put("adapter_below_memory", "leave_out"));
  }

  @Test
  void refusesOneOfWhichNothingIsLeft() throws IOException {
    UnaryOperator<String> lowered = name -> name.replaceFirst("layers\\.\\d", "layers.0");
    leavingOut(withTensors(tensors -> tensors.rename(lowered)))
        .assertRefused(WEIGHTS, "nothing of it applies");
  }

  @Test
  void refusesAnotherChoiceOfWhatIsLeftOut() throws IOException {
    qwen2()
        .json("memory.json", memory -> memory.put("adapter_below_memory", "ignore"))
        .assertRefused("memory.json", "adapter_below_memory");
  }

  @ParameterizedTest
  @CsvSource({
    "Qwen/Qwen2-0.5B, /models/qwen2-0.5b/, false",
    "Qwen/Qwen2-0.5B, Qwen2 0.5B, false",
    "Qwen/Qwen2-0.5B, Qwen/Qwen2-1.5B, true",
    ", Qwen/Qwen2-1.5B, false",
    "Qwen/Qwen2-0.5B, , false"
  })
  void warnsOfAnotherBase(String trainedOn, String base, boolean warns) throws IOException {
    LayersCheckpointFolder named =
        with(config -> config.put("base_model_name_or_path", trainedOn))
            .config(config -> config.put("_name_or_path", base));
    try (Adapter adapter = open(named)) {
      assertThat(adapter.warning().isPresent()).isEqualTo(warns);
      adapter.warning().ifPresent(text -> assertThat(text).contains(trainedOn, base));
    }
  }

  @Test
  void warnsOfAnotherBaseThanTheFileOfGgufNames() throws IOException {
    LayersCheckpointFolder named =
        with(config -> config.put("base_model_name_or_path", "Qwen/Qwen2-0.5B"));
    GgufCopy copy = new GgufCopy(named).sizes().vocabulary(259).tensors(GgufType.F32);
    copy.bytes().text("general.name", "Qwen2 1.5B");
    copy.write();
    try (Adapter adapter = open(named)) {
      assertThat(adapter.warning()).hasValueSatisfying(text -> assertThat(text).contains("1.5B"));
    }
  }
}
