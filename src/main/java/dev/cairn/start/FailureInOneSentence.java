package dev.cairn.start;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Prints why a start failed and what to do, and nothing around it. */
final class FailureInOneSentence implements FailureAnalysisReporter {

  private static final Logger LOG = LoggerFactory.getLogger(FailureInOneSentence.class);

  @Override
  public void report(FailureAnalysis analysis) {
    LOG.error(
        "Cairn did not start. {}",
        Stream.of(analysis.getDescription(), analysis.getAction())
            .filter(Objects::nonNull)
            .collect(Collectors.joining(" ")));
    LOG.debug("What ended the start", analysis.getCause());
  }
}
