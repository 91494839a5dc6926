package dev.cairn.disk;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down while the disk is full: nothing can be uploaded or encoded. */
@Component
final class DiskHealthIndicator implements HealthIndicator {

  private final DiskSpace disk;

  DiskHealthIndicator(DiskSpace disk) {
    this.disk = disk;
  }

  @Override
  public Health health() {
    return disk.isFull() ? Health.down().build() : Health.up().build();
  }
}
