package dev.cairn.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import dev.cairn.disk.DiskChanged;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Works on the queues for as long as the application runs, where the process has the role {@code
 * encoder}. Heartbeats go on until the last job has stopped; work that is not finished then is free
 * for other workers at once.
 */
@Component
class JobRunner implements SmartLifecycle {

  private final List<Job> jobs;
  private final JobSettings settings;
  private final RoleSettings roles;

  /** As db-scheduler takes it: the queues are its tables. */
  private final DataSource database;

  private final QueueOwner owner;
  private final Clock clock;

  /** By the name of the job. No lock guards it: jobs that put work into a queue read it, too. */
  private volatile Map<String, Scheduler> schedulers = Map.of();

  JobRunner(
      List<Job> jobs,
      JobSettings settings,
      RoleSettings roles,
      DataSource database,
      QueueOwner owner,
      Clock clock) {
    this.jobs = jobs;
    this.settings = settings;
    this.roles = roles;
    this.database = database;
    this.owner = owner;
    this.clock = clock;
  }

  @Override
  public void start() {
    if (roles.encodes()) {
      // A new name at every start: a dead process can never be taken for this one.
      SchedulerName worker = new SchedulerName.Fixed(UUID.randomUUID().toString());
      if (owner == QueueOwner.THIS_PROCESS) {
        jobs.forEach(this::endOldClaims);
      }
      schedulers =
          jobs.stream().collect(Collectors.toMap(Job::name, job -> scheduler(job, worker)));
      schedulers.values().forEach(Scheduler::start);
    }
  }

  @Override
  public void stop() {
    Map<String, Scheduler> running = schedulers;
    schedulers = Map.of();
    running.values().forEach(Scheduler::stop);
  }

  @Override
  public boolean isRunning() {
    return !schedulers.isEmpty();
  }

  /** Every job writes: while the disk is full none is begun, and none counted as failed. */
  @EventListener
  void pauseOrResume(DiskChanged disk) {
    schedulers.values().forEach(disk.full() ? Scheduler::pause : Scheduler::resume);
  }

  @EventListener
  void startSoon(JobEnqueued enqueued) {
    Scheduler scheduler = schedulers.get(enqueued.job());
    if (scheduler != null) {
      scheduler.triggerCheckForDueExecutions();
    }
  }

  /** What was being worked on counts as left by a dead worker now, not only after the lease. */
  private void endOldClaims(Job job) {
    JdbcClient.create(database)
        .sql(
            "update %s set last_heartbeat = 'epoch' where picked".formatted(Jobs.table(job.name())))
        .update();
  }

  private Scheduler scheduler(Job job, SchedulerName worker) {
    return Scheduler.create(database, new RunJob(job, settings).task())
        .tableName(Jobs.table(job.name()))
        .threads(job.threads())
        .pollingInterval(settings.pollInterval())
        .heartbeatInterval(settings.heartbeat())
        .missedHeartbeatsLimit(JobSettings.HEARTBEATS_PER_LEASE)
        .shutdownMaxWait(settings.shutdownWait())
        .schedulerName(worker)
        .clock(clock::instant)
        .build();
  }
}
