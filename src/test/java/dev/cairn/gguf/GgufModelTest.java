package dev.cairn.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.gguf.GgufException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufModelTest {

  private static final int F32 = 0;

  @TempDir private Path folder;

  @Test
  void opensAFileAloneAndTheOnlyOneOfAFolder() throws IOException {
    Path file = single("tiny.gguf");
    Files.writeString(folder.resolve("readme.txt"), "x");

    for (Path path : new Path[] {file, folder}) {
      try (GgufModel model = GgufModel.open(path)) {
        assertThat(model.paths()).containsExactly(file);
        assertThat(model.tensors()).containsOnlyKeys("only");
      }
    }
  }

  @Test
  void opensASplitModelByItsFolderOrAnyPart() throws IOException {
    split(folder);
    Files.delete(Files.copy(name(1), folder.resolve("copy")));

    for (Path path : new Path[] {folder, name(1), name(2), name(3)}) {
      try (GgufModel model = GgufModel.open(path)) {
        assertThat(model.paths()).containsExactly(name(1), name(2), name(3));
        assertThat(model.metadata().text("general.architecture")).isEqualTo("qwen2");
        assertThat(model.tensors()).containsOnlyKeys("t0", "t1", "t2");
        assertThat(bytes(model, "t2")).containsExactly(2, 2, 2, 2);
        assertThat(bytes(model, "t0")).containsExactly(0, 0, 0, 0);
      }
    }
  }

  @Test
  void namesAPartThatIsMissing() throws IOException {
    split(folder);
    Files.delete(name(2));

    assertRefused(folder, Reason.PARTS_INVALID, name(2) + " is missing, part 2 of 3");
    assertRefused(name(3), Reason.PARTS_INVALID, name(2) + " is missing");
  }

  @Test
  void refusesAPartOfAnotherSplitAndAPartUnderAnotherName() throws IOException {
    split(folder);
    part(2, 4, 3, "t2").write(name(3));
    assertRefused(folder, Reason.PARTS_INVALID, "00003-of-00003.gguf says that it is part 3 of 4");
    part(2, 3, 9, "t2").write(name(3));
    assertRefused(folder, Reason.PARTS_INVALID, "00003-of-00003.gguf says that the model has 9");
    part(2, 3, 3, "t1").write(name(3));
    assertRefused(folder, Reason.PARTS_INVALID, "both have tensor t1");
    split(folder);
    Files.copy(name(1), name(2), StandardCopyOption.REPLACE_EXISTING);
    assertRefused(folder, Reason.PARTS_INVALID, "00002-of-00003.gguf says that it is part 1 of 3");
    Path alone = Files.move(name(3), folder.resolve("alone.gguf"));
    assertRefused(alone, Reason.PARTS_INVALID, "alone.gguf says that it is part 3 of 3");
  }

  @Test
  void asksWhichOfTwoModels() throws IOException {
    split(folder);
    Path other = single("other.gguf");

    assertRefused(
        folder,
        Reason.MODEL_NOT_CHOSEN,
        "2 models; name the file of one of them: model-00001-of-00003.gguf, other.gguf");
    try (GgufModel model = GgufModel.open(other)) {
      assertThat(model.tensors()).containsOnlyKeys("only");
    }
  }

  @Test
  void refusesAFolderWithoutAModelAndATensorThatIsNotThere() throws IOException {
    assertRefused(folder, Reason.MODEL_NOT_CHOSEN, "has no file *.gguf");
    try (GgufModel model = GgufModel.open(single("tiny.gguf"))) {
      assertThatThrownBy(() -> model.tensor("none"))
          .isInstanceOfSatisfying(
              GgufException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TENSOR_MISSING))
          .hasMessageContaining("no tensor none");
    }
  }

  private Path single(String name) throws IOException {
    return new GgufBytes().tensor("only", F32, new byte[4], 1).write(folder.resolve(name));
  }

  private void split(Path target) throws IOException {
    for (int part = 0; part < 3; part++) {
      part(part, 3, 3, "t" + part).write(target.resolve(name(part + 1).getFileName()));
    }
  }

  private static GgufBytes part(int part, int parts, int tensors, String tensor) {
    GgufBytes bytes = new GgufBytes();
    if (part == 0) {
      bytes.text("general.architecture", "qwen2");
    }
    byte content = (byte) part;
    return bytes
        .key("split.no", 2, new byte[] {content, 0})
        .key("split.count", 2, new byte[] {(byte) parts, 0})
        .key("split.tensors.count", 5, GgufBytes.int32(tensors))
        .tensor(tensor, F32, new byte[] {content, content, content, content}, 1);
  }

  private Path name(int part) {
    return folder.resolve("model-%05d-of-00003.gguf".formatted(part));
  }

  private static byte[] bytes(GgufModel model, String name) throws IOException {
    ByteBuffer target = ByteBuffer.allocate((int) model.tensor(name).length());
    model.read(name, 0, target);
    return target.array();
  }

  private static void assertRefused(Path path, Reason reason, String message) {
    assertThatThrownBy(() -> GgufModel.open(path))
        .isInstanceOfSatisfying(GgufException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(message);
  }
}
