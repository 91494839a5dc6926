package dev.cairn.recall;

import dev.cairn.catalogue.Segments;
import dev.cairn.catalogue.SegmentsReclaimed;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/**
 * Lets go of landmarks and chunks that nothing may read any more: of deleted documents and of
 * encodings that ended. The catalogue is asked again and again, since another process may have
 * deleted them, and a question that was running may have read them once more.
 */
@Component
class CacheSweep implements SchedulingConfigurer {

  private final QuestionMemories memories;
  private final Segments segments;
  private final RecallSettings settings;

  CacheSweep(QuestionMemories memories, Segments segments, RecallSettings settings) {
    this.memories = memories;
    this.segments = segments;
    this.settings = settings;
  }

  @Override
  public void configureTasks(ScheduledTaskRegistrar registrar) {
    registrar.addFixedDelayTask(this::sweep, settings.sweepInterval());
  }

  @EventListener(SegmentsReclaimed.class)
  void sweep() {
    Set<UUID> dead = new HashSet<>(memories.segments());
    if (!dead.isEmpty()) {
      dead.removeAll(segments.liveAmong(dead));
      memories.forget(dead);
    }
  }
}
