package dev.cairn;

import dev.cairn.checkpoint.CheckpointException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Ends a start with a bad checkpoint with one sentence instead of a stack trace. */
final class CheckpointFailureAnalyzer extends AbstractFailureAnalyzer<CheckpointException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, CheckpointException cause) {
    return new FailureAnalysis(
        "The checkpoint cannot be used: %s (%s).".formatted(cause.getMessage(), cause.reason()),
        "Mend the checkpoint, or set cairn.model to the folder of another one.",
        cause);
  }
}
