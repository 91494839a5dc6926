package dev.cairn.job;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** The queues of work, from the side of those who put something in. */
@Service
public class Jobs {

  private final Map<String, SchedulerClient> queues = new ConcurrentHashMap<>();

  /** As db-scheduler takes it: the queues are its tables. */
  private final DataSource database;

  private final Clock clock;
  private final ApplicationEventPublisher events;

  Jobs(DataSource database, Clock clock, ApplicationEventPublisher events) {
    this.database = database;
    this.clock = clock;
    this.events = events;
  }

  /** Has the job run for the subject; does nothing when that is already in the queue. */
  public void enqueue(String job, UUID subject) {
    TaskInstance<Void> piece = new TaskInstance<>(job, subject.toString());
    if (queues.computeIfAbsent(job, this::queue).scheduleIfNotExists(piece, clock.instant())) {
      events.publishEvent(new JobEnqueued(job));
    }
  }

  private SchedulerClient queue(String job) {
    return SchedulerClient.Builder.create(database).tableName(table(job)).build();
  }

  static String table(String job) {
    return job + "_job";
  }
}
