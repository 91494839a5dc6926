package dev.cairn.memory;

import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/**
 * Indexes the words of what can be read, also after the folder was lost, so that questions need not
 * wait for it: a question makes what is still missing itself.
 */
@Component
class IndexWords implements SchedulingConfigurer {

  private static final Logger LOG = LoggerFactory.getLogger(IndexWords.class);

  private final LexicalPrior lexical;
  private final SegmentRows segments;
  private final JdbcClient jdbc;
  private final Fingerprint fingerprint;
  private final LexicalSettings settings;

  IndexWords(
      LexicalPrior lexical,
      SegmentRows segments,
      JdbcClient jdbc,
      Fingerprint fingerprint,
      LexicalSettings settings) {
    this.lexical = lexical;
    this.segments = segments;
    this.jdbc = jdbc;
    this.fingerprint = fingerprint;
    this.settings = settings;
  }

  @Override
  public void configureTasks(ScheduledTaskRegistrar registrar) {
    registrar.addFixedDelayTask(this::indexAll, settings.interval());
  }

  void indexAll() {
    segments.ofEncodings(readable()).forEach(this::index);
  }

  private List<UUID> readable() {
    return jdbc.sql("select id from encoding where state = 'READY' and fingerprint = :fingerprint")
        .param("fingerprint", fingerprint.sha256())
        .query(UUID.class)
        .list();
  }

  private void index(SegmentRef segment) {
    try {
      lexical.index(segment);
    } catch (RuntimeException e) {
      LOG.debug("Segment {} could not be indexed; a question will say why", segment.segmentId(), e);
    }
  }
}
