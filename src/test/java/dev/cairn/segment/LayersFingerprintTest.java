package dev.cairn.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.checkpoint.LayersCheckpointFolder;
import dev.cairn.model.ComputePath;
import dev.cairn.model.KvFormat;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes the stored chunks of a pretrained decoder stale, and what does not. */
class LayersFingerprintTest {

  private static final String MEMORY = "memory.json";

  @TempDir private Path folder;

  private LayersCheckpointFolder checkpoint;
  private String before;

  @BeforeEach
  void copy() throws IOException {
    checkpoint = LayersCheckpointFolder.copy("layers-qwen2", folder);
    before = fingerprint();
  }

  private String fingerprint() {
    return Fingerprint.of(checkpoint.open(), ComputePath.FLOAT32, KvFormat.BF16).sha256();
  }

  private void changeRows(String name) throws IOException {
    checkpoint.tensors(
        LayersCheckpointFolder.MEMORY,
        rows ->
            rows.change(
                name,
                numbers -> {
                  numbers[3] += 1;
                  return numbers;
                }));
  }

  @Test
  void anotherAdapterAndNoneKeepThem() throws IOException {
    checkpoint.json("adapter_config.json", config -> config.put("lora_alpha", 1));
    assertThat(fingerprint()).isEqualTo(before);
    checkpoint.withoutAdapter();
    assertThat(fingerprint()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"query.embedding", "query.delta", "query.norm.weight", "query.proj.weight"})
  void otherWaysToAskKeepThem(String name) throws IOException {
    changeRows(name);
    assertThat(fingerprint()).isEqualTo(before);
  }

  @Test
  void otherChoicesAndQuestionsKeepThem() throws IOException {
    checkpoint.json(
        MEMORY,
        memory ->
            memory
                .put("neighbours", 0)
                .put("read_chunks", 3)
                .put("retrieval_scale", 2)
                .put("question", "Q: {question}")
                .put("abstain", "No."));
    assertThat(fingerprint()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cls.embedding", "cls.delta", "cls.norm.weight", "cls.proj.weight"})
  void otherLandmarksDoNot(String name) throws IOException {
    changeRows(name);
    assertThat(fingerprint()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"run_up, 13", "chunk_size, 16", "stretch_chunks, 4", "memory_start, 0"})
  void otherCutsAndLayersDoNot(String key, int value) throws IOException {
    checkpoint.json(MEMORY, memory -> memory.put(key, value));
    assertThat(fingerprint()).isNotEqualTo(before);
  }

  @Test
  void anotherPrefixDoesNot() throws IOException {
    checkpoint.json(MEMORY, memory -> memory.put("prefix", "<|im_start|>"));
    assertThat(fingerprint()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"rope_theta, 10001", "rms_norm_eps, 1e-5"})
  void otherNumbersOfTheDecoderDoNot(String key, double value) throws IOException {
    checkpoint.config(config -> config.put(key, value));
    assertThat(fingerprint()).isNotEqualTo(before);
  }

  @Test
  void otherWeightsDoNot() throws IOException {
    checkpoint.model(
        model ->
            model.change(
                "model.norm.weight",
                numbers -> {
                  numbers[0] += 1;
                  return numbers;
                }));
    assertThat(fingerprint()).isNotEqualTo(before);
  }
}
