package dev.cairn.memory;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
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

  private final ChunkMemories memories;
  private final JdbcClient jdbc;
  private final MemorySettings settings;

  CacheSweep(ChunkMemories memories, JdbcClient jdbc, MemorySettings settings) {
    this.memories = memories;
    this.jdbc = jdbc;
    this.settings = settings;
  }

  @Override
  public void configureTasks(ScheduledTaskRegistrar registrar) {
    registrar.addFixedDelayTask(this::sweep, settings.sweepInterval());
  }

  void sweep() {
    Set<UUID> unreadable = new HashSet<>(memories.segments());
    if (!unreadable.isEmpty()) {
      readable(unreadable).forEach(unreadable::remove);
      memories.forget(unreadable);
    }
  }

  private Set<UUID> readable(Set<UUID> segments) {
    return jdbc.sql(
            """
            select g.id from segment g
            join stretch s on s.id = g.stretch_id
            join encoding e on e.id = s.encoding_id
            where e.state = 'READY' and g.id = any(:segments)
            """)
        .param("segments", segments.toArray(UUID[]::new))
        .query(UUID.class)
        .set();
  }
}
