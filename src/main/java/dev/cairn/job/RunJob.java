package dev.cairn.job;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.cairn.problem.DiskFull;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the pieces of one job for db-scheduler. A worker that died counts as a failed attempt: a
 * piece that kills its workers is given up like any other. A full disk is no failure.
 */
final class RunJob {

  private static final Logger LOG = LoggerFactory.getLogger(RunJob.class);

  private final Job job;
  private final JobSettings settings;

  RunJob(Job job, JobSettings settings) {
    this.job = job;
    this.settings = settings;
  }

  Task<Void> task() {
    return Tasks.custom(job.name(), Void.class)
        .onFailure(this::retryOrGiveUp)
        .onDeadExecution(this::retryOrGiveUp)
        .execute(this::run);
  }

  private CompletionHandler<Void> run(TaskInstance<Void> piece, ExecutionContext context) {
    Optional<UUID> subject = subject(piece.getId());
    if (subject.isEmpty()) {
      LOG.error("Job {} about \"{}\" is about no id; it is removed.", job.name(), piece.getId());
      return (done, queue) -> queue.remove();
    }
    return run(subject.get(), () -> context.getSchedulerState().isShuttingDown());
  }

  private CompletionHandler<Void> run(UUID subject, StopSignal stop) {
    try {
      job.run(subject, stop);
      return (done, queue) -> queue.remove();
    } catch (Exception e) {
      if (stop.isSet()) {
        LOG.info("Job {} about {} goes back to the queue: the process ends.", job.name(), subject);
        return (done, queue) -> queue.reschedule(done, done.getTimeDone());
      }
      if (DiskFull.causes(e)) {
        LOG.warn("Job {} about {} waits for room: the disk is full.", job.name(), subject);
        return (done, queue) -> queue.reschedule(done, done.getTimeDone().plus(settings.backoff()));
      }
      throw new JobFailedException(job.name(), subject, e);
    }
  }

  private void retryOrGiveUp(ExecutionComplete end, ExecutionOperations<Void> queue) {
    int failures = end.getExecution().consecutiveFailures;
    if (failures + 1 < settings.attempts()) {
      Duration wait = settings.backoff().multipliedBy(1L << Math.min(failures, Integer.SIZE));
      queue.reschedule(end, end.getTimeDone().plus(wait));
    } else {
      giveUp(end);
      queue.remove();
    }
  }

  private void giveUp(ExecutionComplete end) {
    String reason = end.getCause().map(RunJob::reason).orElse("its worker died");
    String piece = end.getExecution().getId();
    LOG.error("Job {} about {} is given up: {}", job.name(), piece, reason);
    subject(piece).ifPresent(subject -> job.gaveUp(subject, reason));
  }

  private static String reason(Throwable cause) {
    Throwable root = cause instanceof JobFailedException failed ? failed.reason() : cause;
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }

  private static Optional<UUID> subject(String piece) {
    try {
      return Optional.of(UUID.fromString(piece));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
