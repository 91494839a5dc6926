package dev.cairn.start;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Ends a start with an unusable setting with one sentence instead of a stack trace. */
final class SettingFailureAnalyzer extends AbstractFailureAnalyzer<SettingException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, SettingException cause) {
    return new FailureAnalysis(cause.getMessage(), null, cause);
  }
}
