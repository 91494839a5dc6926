package dev.cairn.recall;

import dev.cairn.catalogue.SegmentPublished;
import dev.cairn.catalogue.Segments;
import dev.cairn.segment.SegmentRef;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Indexes the words of segments as they are published, one after the other on a thread of its own,
 * so that questions need not wait for it. A question makes what is still missing itself, such as
 * the index of what another process published.
 */
@Component
class IndexWords implements DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(IndexWords.class);

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("words").factory());
  private final LexicalPrior lexical;
  private final Segments segments;

  IndexWords(LexicalPrior lexical, Segments segments) {
    this.lexical = lexical;
    this.segments = segments;
  }

  /** What an earlier process left to be done, or all when the folder was lost. */
  @EventListener(ApplicationReadyEvent.class)
  void catchUp() {
    segments.live().forEach(this::indexSoon);
  }

  @TransactionalEventListener
  void published(SegmentPublished event) {
    indexSoon(event.segment());
  }

  private void indexSoon(SegmentRef segment) {
    thread.execute(() -> index(segment));
  }

  private void index(SegmentRef segment) {
    try {
      lexical.index(segment);
    } catch (RuntimeException e) {
      LOG.debug("Segment {} could not be indexed; a question will say why", segment.segmentId(), e);
    }
  }

  /** What waits is left to the next start. */
  @Override
  public void destroy() {
    thread.shutdownNow();
    thread.close();
  }
}
