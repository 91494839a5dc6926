package dev.cairn.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

  @TempDir private Path data;

  @Test
  void aSecondCairnOnTheSameFolderIsRefused() throws Exception {
    try (FolderLock first = FolderLock.take(data)) {
      assertThat(first.folder()).isEqualTo(data.toAbsolutePath());
      assertThatThrownBy(() -> FolderLock.take(data))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("Another Cairn uses the data folder")
          .hasMessageContaining("(process %d)", ProcessHandle.current().pid());
    }
    FolderLock.take(data).close();
  }
}
