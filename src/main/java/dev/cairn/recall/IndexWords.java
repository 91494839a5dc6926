package dev.cairn.recall;

import dev.cairn.catalogue.Segments;
import dev.cairn.segment.SegmentRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
  private final Segments segments;
  private final LexicalSettings settings;

  IndexWords(LexicalPrior lexical, Segments segments, LexicalSettings settings) {
    this.lexical = lexical;
    this.segments = segments;
    this.settings = settings;
  }

  @Override
  public void configureTasks(ScheduledTaskRegistrar registrar) {
    registrar.addFixedDelayTask(this::indexAll, settings.interval());
  }

  void indexAll() {
    segments.readable().forEach(this::index);
  }

  private void index(SegmentRef segment) {
    try {
      lexical.index(segment);
    } catch (RuntimeException e) {
      LOG.debug("Segment {} could not be indexed; a question will say why", segment.segmentId(), e);
    }
  }
}
