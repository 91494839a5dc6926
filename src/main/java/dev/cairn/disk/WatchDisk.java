package dev.cairn.disk;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/** Looks at the disk again and again, because others fill it too. */
@Component
final class WatchDisk implements SchedulingConfigurer {

  private final DiskSpace disk;
  private final DiskSettings settings;
  private final ApplicationEventPublisher events;
  private @Nullable Boolean told;

  WatchDisk(DiskSpace disk, DiskSettings settings, ApplicationEventPublisher events) {
    this.disk = disk;
    this.settings = settings;
    this.events = events;
  }

  /** At a fixed rate, which has a thread for each run: nothing else holds it up. */
  @Override
  public void configureTasks(ScheduledTaskRegistrar registrar) {
    registrar.addFixedRateTask(this::look, settings.checkInterval());
  }

  private synchronized void look() {
    boolean full = disk.isFull();
    disk.settle();
    if (told == null || told != full) {
      told = full;
      events.publishEvent(new DiskChanged(full));
    }
  }
}
