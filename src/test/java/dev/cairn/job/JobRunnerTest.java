package dev.cairn.job;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cairn.database.PostgresForTests;
import dev.cairn.disk.DiskChanged;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

class JobRunnerTest {

  private static final JobSettings QUICK =
      new JobSettings(
          Duration.ofMillis(50),
          Duration.ofMillis(800),
          3,
          Duration.ofMillis(20),
          Duration.ofSeconds(5));
  private static final JobSettings OF_LONG_LEASES =
      new JobSettings(
          Duration.ofMillis(50),
          Duration.ofMinutes(5),
          3,
          Duration.ofMillis(20),
          Duration.ofSeconds(5));
  private static final RoleSettings BOTH =
      new RoleSettings(Set.of(RoleSettings.Role.API, RoleSettings.Role.ENCODER));

  private final List<JobRunner> runners = new ArrayList<>();
  private DataSource database;
  private JdbcClient jdbc;
  private Jobs jobs;

  @BeforeEach
  void makeQueues() {
    PGSimpleDataSource postgres = new PGSimpleDataSource();
    postgres.setUrl(PostgresForTests.createDatabase());
    postgres.setUser(PostgresForTests.user());
    postgres.setPassword(PostgresForTests.password());
    database = postgres;
    jdbc = JdbcClient.create(database);
    new ResourceDatabasePopulator(new FileSystemResource("db/migration/V2__create_jobs.sql"))
        .execute(database);
    jobs = new Jobs(database, Clock.systemUTC(), event -> runners.forEach(r -> wake(r, event)));
  }

  private static void wake(JobRunner runner, Object event) {
    runner.startSoon((JobEnqueued) event);
  }

  @AfterEach
  void stop() {
    runners.forEach(JobRunner::stop);
  }

  private JobRunner run(Job job, RoleSettings roles) {
    return start(job, QUICK, roles, QueueOwner.MANY_PROCESSES);
  }

  private JobRunner start(Job job, JobSettings settings, RoleSettings roles, QueueOwner owner) {
    JobRunner runner =
        new JobRunner(List.of(job), settings, roles, database, owner, Clock.systemUTC());
    runners.add(runner);
    runner.start();
    return runner;
  }

  private JobRunner run(Job job) {
    return run(job, BOTH);
  }

  /** Work that is written down. */
  private static class Recorded implements Job {

    final Queue<UUID> ran = new ConcurrentLinkedQueue<>();
    final Queue<String> givenUp = new ConcurrentLinkedQueue<>();

    @Override
    public String name() {
      return "encode";
    }

    @Override
    public int threads() {
      return 2;
    }

    @Override
    public void run(UUID subject, StopSignal stop) throws Exception {
      ran.add(subject);
    }

    @Override
    public void gaveUp(UUID subject, String reason) {
      givenUp.add(subject + " " + reason);
    }
  }

  private long queued() {
    return jdbc.sql("select count(*) from encode_job").query(Long.class).single();
  }

  private void awaitEmptyQueue() {
    await().atMost(Duration.ofSeconds(60)).until(() -> queued() == 0);
  }

  @Test
  void whatIsEnqueuedTwiceRunsOnce() {
    Recorded job = new Recorded();
    UUID subject = UUID.randomUUID();
    jobs.enqueue("encode", subject);
    jobs.enqueue("encode", subject);
    assertThat(queued()).isOne();
    run(job);
    awaitEmptyQueue();
    assertThat(job.ran).containsExactly(subject);
  }

  @Test
  void aJobThatAlwaysFailsIsGivenUpAndHoldsUpNoOther() {
    UUID poisoned = UUID.randomUUID();
    Recorded job =
        new Recorded() {
          @Override
          public void run(UUID subject, StopSignal stop) {
            ran.add(subject);
            if (subject.equals(poisoned)) {
              throw new IllegalStateException("no such weight");
            }
          }
        };
    run(job);
    jobs.enqueue("encode", poisoned);
    List<UUID> others = Stream.generate(UUID::randomUUID).limit(20).toList();
    others.forEach(subject -> jobs.enqueue("encode", subject));
    awaitEmptyQueue();
    assertThat(job.givenUp).containsExactly(poisoned + " no such weight");
    List<UUID> expected = new ArrayList<>(others);
    expected.addAll(nCopies(QUICK.attempts(), poisoned));
    assertThat(job.ran).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void whileTheDiskIsFullNoneIsBegun() {
    Recorded job = new Recorded();
    JobRunner runner = run(job);
    runner.pauseOrResume(new DiskChanged(true));
    jobs.enqueue("encode", UUID.randomUUID());
    await().during(QUICK.pollInterval().multipliedBy(4)).until(() -> queued() == 1);
    assertThat(job.ran).isEmpty();

    runner.pauseOrResume(new DiskChanged(false));

    awaitEmptyQueue();
    assertThat(job.ran).hasSize(1);
  }

  @Test
  void aFullDiskIsNoFailure() {
    Recorded job =
        new Recorded() {
          @Override
          public void run(UUID subject, StopSignal stop) throws Exception {
            ran.add(subject);
            if (ran.size() < 3 * QUICK.attempts()) {
              throw new IOException("No space left on device");
            }
          }
        };
    run(job);
    jobs.enqueue("encode", UUID.randomUUID());
    awaitEmptyQueue();
    assertThat(job.ran).hasSize(3 * QUICK.attempts());
    assertThat(job.givenUp).isEmpty();
  }

  @Test
  void twoProcessesRunEveryPieceOnce() {
    Recorded here = new Recorded();
    Recorded there = new Recorded();
    List<UUID> subjects = Stream.generate(UUID::randomUUID).limit(100).toList();
    subjects.forEach(subject -> jobs.enqueue("encode", subject));
    run(here);
    run(there);
    awaitEmptyQueue();
    List<UUID> all = new ArrayList<>(here.ran);
    all.addAll(there.ran);
    assertThat(all).containsExactlyInAnyOrderElementsOf(subjects);
  }

  @Test
  void anEndingProcessGivesItsWorkBackAtOnceAndUncounted() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    Recorded endless =
        new Recorded() {
          @Override
          public void run(UUID subject, StopSignal stop) throws InterruptedException {
            started.countDown();
            while (true) {
              stop.check();
              Thread.sleep(5);
            }
          }
        };
    JobRunner runner = run(endless);
    UUID subject = UUID.randomUUID();
    jobs.enqueue("encode", subject);
    started.await();
    runner.stop();
    assertThat(endless.givenUp).isEmpty();
    assertThat(
            jdbc.sql(
                    """
                    select not picked and coalesce(consecutive_failures, 0) = 0
                    and execution_time <= now() from encode_job
                    """)
                .query(Boolean.class)
                .single())
        .isTrue();
    Recorded next = new Recorded();
    run(next);
    awaitEmptyQueue();
    assertThat(next.ran).containsExactly(subject);
  }

  @Test
  void aJobOfManyLeasesRunsOnce() {
    Recorded slow =
        new Recorded() {
          @Override
          public void run(UUID subject, StopSignal stop) throws Exception {
            super.run(subject, stop);
            Thread.sleep(QUICK.lease().multipliedBy(4));
          }
        };
    run(slow);
    run(slow);
    jobs.enqueue("encode", UUID.randomUUID());
    awaitEmptyQueue();
    assertThat(slow.ran).hasSize(1);
  }

  private void enqueueOfDeadWorker(String piece, int failures) {
    enqueueOfWorker(piece, failures, Duration.ofHours(1));
  }

  private void enqueueOfWorker(String piece, int failures, Duration silence) {
    jdbc.sql(
            """
            insert into encode_job (task_name, task_instance, task_data, execution_time, picked,
              picked_by, last_heartbeat, consecutive_failures, version)
            values ('encode', :piece, '\\xCAFE', now() - interval '1 h', true, 'other',
              now() - :silence * interval '1 s', :failures, 1)
            """)
        .param("piece", piece)
        .param("silence", silence.toSeconds())
        .param("failures", failures)
        .update();
  }

  @Test
  void theWorkOfADeadWorkerIsTakenOver() {
    UUID subject = UUID.randomUUID();
    enqueueOfDeadWorker(subject.toString(), 0);
    Recorded job = new Recorded();
    run(job);
    awaitEmptyQueue();
    assertThat(job.ran).containsExactly(subject);
  }

  @Test
  void aProcessThatOwnsTheQueuesTakesOverAtOnceWhateverTheLease() {
    UUID subject = UUID.randomUUID();
    enqueueOfWorker(subject.toString(), 0, Duration.ZERO);
    Recorded job = new Recorded();
    start(job, OF_LONG_LEASES, BOTH, QueueOwner.THIS_PROCESS);
    await().atMost(Duration.ofSeconds(10)).until(() -> queued() == 0);
    assertThat(job.ran).containsExactly(subject);
  }

  @Test
  void oneOfManyProcessesLeavesTheOthersTheirWork() {
    enqueueOfWorker(UUID.randomUUID().toString(), 0, Duration.ZERO);
    Recorded job = new Recorded();
    start(job, OF_LONG_LEASES, BOTH, QueueOwner.MANY_PROCESSES);
    UUID free = UUID.randomUUID();
    jobs.enqueue("encode", free);
    await().until(() -> queued() == 1);
    assertThat(job.ran).containsExactly(free);
  }

  @Test
  void workThatKillsItsWorkersCountsAsFailedWhoeverOwnsTheQueues() {
    UUID subject = UUID.randomUUID();
    enqueueOfWorker(subject.toString(), OF_LONG_LEASES.attempts() - 1, Duration.ZERO);
    Recorded job = new Recorded();
    start(job, OF_LONG_LEASES, BOTH, QueueOwner.THIS_PROCESS);
    awaitEmptyQueue();
    assertThat(job.givenUp).containsExactly(subject + " its worker died");
  }

  @Test
  void workThatKillsItsWorkersIsGivenUp() {
    UUID subject = UUID.randomUUID();
    enqueueOfDeadWorker(subject.toString(), QUICK.attempts() - 1);
    Recorded job = new Recorded();
    run(job);
    awaitEmptyQueue();
    assertThat(job.ran).isEmpty();
    assertThat(job.givenUp).containsExactly(subject + " its worker died");
  }

  @Test
  void piecesThatCannotBeReadAreRemovedAndHoldUpNoOther() {
    jdbc.sql(
            """
            insert into encode_job (task_name, task_instance, task_data, execution_time, picked,
              version) values ('encode', 'no id', '\\xCAFE', now() - interval '1 h', false, 1)
            """)
        .update();
    enqueueOfDeadWorker("no id either", QUICK.attempts() - 1);
    Recorded job = new Recorded();
    run(job);
    UUID subject = UUID.randomUUID();
    jobs.enqueue("encode", subject);
    awaitEmptyQueue();
    assertThat(job.ran).containsExactly(subject);
    assertThat(job.givenUp).isEmpty();
  }

  @Test
  void aProcessThatOnlyAnswersRequestsRunsNoJobs() {
    Recorded job = new Recorded();
    JobRunner runner = run(job, new RoleSettings(Set.of(RoleSettings.Role.API)));
    assertThat(runner.isRunning()).isFalse();
    jobs.enqueue("encode", UUID.randomUUID());
    assertThat(queued()).isOne();
    run(job);
    awaitEmptyQueue();
    assertThat(job.ran).hasSize(1);
  }
}
