package dev.cairn.database;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Ends a start that the database prevents with one sentence instead of a stack trace. */
final class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<DatabaseException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, DatabaseException cause) {
    return new FailureAnalysis(cause.getMessage(), null, cause);
  }
}
