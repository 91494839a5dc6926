package dev.cairn.job;

import java.util.UUID;

/** One attempt at a piece of work failed. */
final class JobFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Exception reason;

  JobFailedException(String job, UUID subject, Exception reason) {
    super("job %s about %s failed: %s".formatted(job, subject, reason.getMessage()), reason);
    this.reason = reason;
  }

  Exception reason() {
    return reason;
  }
}
