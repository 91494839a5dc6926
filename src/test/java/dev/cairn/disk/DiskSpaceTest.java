package dev.cairn.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class DiskSpaceTest {

  private static final int BLOCK = 4096;
  private static final int MB = 1 << 20;
  private static final DiskSettings SETTINGS = settings(1, 2);

  private SmallDisk disk;

  private static DiskSettings settings(int fullBelow, int reserve) {
    return new DiskSettings(
        DataSize.ofMegabytes(fullBelow), DataSize.ofMegabytes(reserve), Duration.ofSeconds(1));
  }

  @BeforeEach
  void mount() throws Exception {
    disk = SmallDisk.mount(10);
  }

  @AfterEach
  void unmount() throws Exception {
    if (disk != null) {
      disk.close();
    }
  }

  private long reserved() throws IOException {
    var file = disk.folder().resolve("disk-reserve");
    return Files.exists(file) ? Files.size(file) : 0;
  }

  @Test
  void isFullBelowTheLeast() throws IOException {
    DiskSpace space = DiskSpace.ofDatabase(disk.folder(), SETTINGS);
    assertThat(reserved()).isEqualTo(2 * MB);

    disk.fill(MB);
    assertThat(space.isFull()).isFalse();
    disk.fill(MB - BLOCK);
    assertThat(space.isFull()).isTrue();

    assertThat(reserved()).isEqualTo(2 * MB);
    assertThatIOException()
        .isThrownBy(space::requireRoom)
        .withMessageContaining("No space left on device");
  }

  @Test
  void theReserveIsGivenBackOnceTheDiskGetsNoFuller() throws IOException {
    DiskSpace space = DiskSpace.ofDatabase(disk.folder(), SETTINGS);
    space.settle();
    for (int blocks = 2; blocks >= 0; blocks--) {
      disk.fill(blocks * BLOCK);
      space.settle();
      assertThat(reserved()).isEqualTo(2 * MB);
    }

    space.settle();

    assertThat(reserved()).isZero();
    assertThat(disk.free()).isEqualTo(2 * MB);
  }

  @Test
  void aRequestThatFindsNoRoomGetsTheReserve() throws IOException {
    DiskSpace space = DiskSpace.ofDatabase(disk.folder(), SETTINGS);
    disk.fill(MB);
    space.lend();
    assertThat(reserved()).isEqualTo(2 * MB);

    disk.fill(0);
    space.lend();

    assertThat(disk.free()).isEqualTo(2 * MB);
    assertThat(space.isFull()).isTrue();
  }

  @Test
  void hasRoomAgainWithTheReserveAndTwiceTheLeast() throws IOException {
    DiskSpace space = DiskSpace.ofDatabase(disk.folder(), SETTINGS);
    disk.fill(0);
    assertThat(space.isFull()).isTrue();
    space.lend();

    disk.fill(4 * MB - BLOCK);
    assertThat(space.isFull()).isTrue();
    disk.fill(4 * MB);
    assertThat(space.isFull()).isFalse();

    assertThat(reserved()).isEqualTo(2 * MB);
    space.requireRoom();
  }

  @Test
  void aDatabaseThatStartsOnAFullDiskFindsTheReserve() throws IOException {
    DiskSpace.ofDatabase(disk.folder(), SETTINGS);
    disk.fill(0);

    assertThat(DiskSpace.ofDatabase(disk.folder(), SETTINGS).isFull()).isTrue();

    assertThat(disk.free()).isEqualTo(2 * MB);
  }

  @Test
  void aReserveThatACrashCutShortIsMadeAnew() throws IOException {
    Files.write(disk.folder().resolve("disk-reserve"), new byte[BLOCK]);

    assertThat(DiskSpace.ofDatabase(disk.folder(), SETTINGS).isFull()).isFalse();

    assertThat(reserved()).isEqualTo(2 * MB);
  }

  @Test
  void filesWithoutADatabaseNeedNoReserve() throws IOException {
    DiskSpace space = DiskSpace.ofFiles(disk.folder(), SETTINGS);
    disk.fill(0);
    assertThat(space.isFull()).isTrue();
    disk.fill(2 * MB);
    assertThat(space.isFull()).isFalse();
    assertThat(reserved()).isZero();
  }

  @Test
  void withoutALeastItIsNeverFull() throws IOException {
    DiskSpace space = DiskSpace.ofDatabase(disk.folder(), settings(0, 0));
    disk.fill(0);
    assertThat(space.isFull()).isFalse();
  }
}
