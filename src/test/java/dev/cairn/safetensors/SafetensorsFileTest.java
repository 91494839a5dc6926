package dev.cairn.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFileTest {

  @TempDir Path folder;

  private Path path;

  @BeforeEach
  void write() throws IOException {
    path = folder.resolve("two.safetensors");
    var forms =
        List.of(
            new SafetensorsHeader.Form("a", TensorType.U8, 3),
            new SafetensorsHeader.Form("b", TensorType.I16, 2));
    Files.write(path, SafetensorsHeader.encode(forms, Map.of()));
    Files.write(path, new byte[] {1, 2, 3, 4, 0, 5, 0}, StandardOpenOption.APPEND);
  }

  @Test
  void readsATensorToThePositionOfTheTarget() throws IOException {
    ByteBuffer target = ByteBuffer.allocateDirect(8).position(2);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      file.read(file.header().tensor("b"), target);
    }
    assertThat(target.position()).isEqualTo(6);
    byte[] bytes = new byte[8];
    target.clear().get(bytes);
    assertThat(bytes).containsExactly(0, 0, 4, 0, 5, 0, 0, 0);
  }

  @Test
  void refusesATargetWithoutRoom() throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      TensorEntry entry = file.header().tensor("b");
      assertThatThrownBy(() -> file.read(entry, ByteBuffer.allocate(3)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void noticesThatTheFileWasTruncatedAfterItWasOpened() throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(path);
        FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 1);
      assertThatThrownBy(() -> file.read(file.header().tensor("b"), ByteBuffer.allocate(4)))
          .isInstanceOfSatisfying(
              SafetensorsException.class,
              e -> assertThat(e.reason()).isEqualTo(SafetensorsException.Reason.TRUNCATED));
    }
  }
}
