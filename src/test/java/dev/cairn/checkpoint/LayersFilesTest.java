package dev.cairn.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.safetensors.SafetensorsHeader;
import dev.cairn.safetensors.TensorType;
import dev.cairn.vector.GoldenAnswer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a pretrained decoder: whole, in shards, cut, or something else in their place. */
class LayersFilesTest {

  private static final String QWEN2 = "layers-qwen2";
  private static final String FIRST = "model-00001-of-00002.safetensors";
  private static final String SECOND = "model-00002-of-00002.safetensors";
  private static final String NORM = "model.norm.weight";

  @TempDir private Path folder;

  private LayersCheckpointFolder qwen2() throws IOException {
    return LayersCheckpointFolder.copy(QWEN2, folder);
  }

  @ParameterizedTest
  @CsvSource({
    "model.safetensors, model.norm.weight",
    "memory.safetensors, query.proj.weight",
    "adapter_model.safetensors, layers.3.self_attn.v_proj.lora_B.weight"
  })
  void refusesAFileThatIsCutByTheTensorThatItEndsIn(String file, String last) throws IOException {
    long length = Files.size(qwen2().path(file));
    qwen2().cut(file, length - 1).assertRefused(file, last, "bytes are there");
    qwen2().cut(file, length - 4096).assertRefused(file, "tensor", "bytes are there");
    int header = headerBytes(qwen2().path(file));
    qwen2().cut(file, header).assertRefused(file, "tensor", ": 0 of its");
    qwen2().cut(file, header - 1).assertRefused(file, "but the file has " + (header - 1));
    qwen2().cut(file, 0).assertRefused(file, "only 0 bytes");
  }

  private static int headerBytes(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    long json = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return (int) json + SafetensorsHeader.PREFIX_BYTES;
  }

  @Test
  void saysHowManyBytesOfATensorAreThere() throws IOException {
    long length = Files.size(qwen2().path("model.safetensors"));
    qwen2()
        .cut("model.safetensors", length - 1)
        .assertRefused("tensor " + NORM + ": 255 of its 256");
  }

  @Test
  void shardsAreOneModelWithOrWithoutAnIndex() throws IOException {
    GoldenAnswer.assertGiven(qwen2().intoShards().open(), QWEN2);
    GoldenAnswer.assertGiven(
        qwen2().intoShards().without("model.safetensors.index.json").open(), QWEN2);
  }

  @Test
  void aFileOfTheMakersOwnNamesBesideThemIsLeftAlone() throws IOException {
    LayersCheckpointFolder indexed = qwen2().intoShards();
    writeZeros(indexed);
    GoldenAnswer.assertGiven(indexed.open(), QWEN2);
    indexed.without("model.safetensors.index.json");
    GoldenAnswer.assertGiven(indexed.open(), QWEN2);
  }

  private static void writeZeros(LayersCheckpointFolder checkpoint) throws IOException {
    new EditedTensors()
        .put(NORM, TensorType.F32, 64)
        .put("tok_embeddings.weight", TensorType.F32, 259, 64)
        .write(checkpoint.path("consolidated.safetensors"));
  }

  @Test
  void refusesAShardThatIsAbsentByItsName() throws IOException {
    qwen2().intoShards().without(SECOND).assertRefused(SECOND, "missing");
  }

  @Test
  void refusesATensorThatIsAbsentFromItsShard() throws IOException {
    qwen2().intoShards().tensors(SECOND, shard -> shard.remove(NORM)).assertRefused(NORM, SECOND);
    qwen2()
        .intoShards()
        .without("model.safetensors.index.json")
        .without(FIRST)
        .assertRefused("no tensor model.embed_tokens.weight", folder.toString());
  }

  @Test
  void withoutAnIndexRefusesATensorInTwoFiles() throws IOException {
    qwen2()
        .intoShards()
        .without("model.safetensors.index.json")
        .tensors(FIRST, shard -> shard.put(NORM, TensorType.F32, 64))
        .assertRefused("tensor " + NORM, SECOND, "another file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.safetensors",
        "memory.safetensors",
        "adapter_model.safetensors",
        "tokenizer.json"
      })
  void refusesAPointerOfGitLfs(String file) throws IOException {
    qwen2()
        .text(file, "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 567272\n")
        .assertRefused(file, "Git LFS pointer");
  }

  @Test
  void refusesATypeThatDoesNotLoadByTensorAndType() throws IOException {
    String name = "model.layers.1.mlp.up_proj.weight";
    qwen2()
        .model(model -> model.put(name, TensorType.U8, 96, 64))
        .assertRefused("model.safetensors", name, "U8");
    qwen2()
        .model(model -> model.put(name, TensorType.I8, 96, 64))
        .assertRefused(folder.toString(), name + ".scale");
    LayersCheckpointFolder eightBits =
        qwen2().model(model -> model.put(name, TensorType.U8, 96, 64));
    replace(eightBits.path("model.safetensors"), "\"U8\"", "\"F8_E4M3\"");
    eightBits.assertRefused("model.safetensors", name, "F8_E4M3");
  }

  /** In the header alone, whose length stays. */
  private static void replace(Path file, String before, String after) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    int end = text.lastIndexOf('}', headerBytes(file) - 1);
    String header = text.substring(0, end).replace(before, after);
    int spaces = header.length() - end;
    String rest = text.substring(end);
    assertThat(rest.substring(1, 1 + spaces)).isBlank();
    Files.writeString(file, header + "}" + rest.substring(1 + spaces), StandardCharsets.ISO_8859_1);
  }
}
