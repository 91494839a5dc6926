package dev.cairn.answer;

import dev.cairn.job.RoleSettings;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/** Renews the leases of the answers that are being written, several times in a lease. */
@Component
final class RenewLeases implements SchedulingConfigurer {

  private static final int TIMES_IN_A_LEASE = 4;

  private final Answers answers;
  private final RoleSettings roles;
  private final AnswerSettings settings;

  RenewLeases(Answers answers, RoleSettings roles, AnswerSettings settings) {
    this.answers = answers;
    this.roles = roles;
    this.settings = settings;
  }

  /**
   * A process that only encodes writes none and leaves those of others to these. At a fixed rate,
   * which has a thread for each run: those with a fixed delay wait for one another, and indexing
   * words may take longer than a lease.
   */
  @Override
  public void configureTasks(ScheduledTaskRegistrar registrar) {
    if (roles.answers()) {
      registrar.addFixedRateTask(
          answers::renewLeases, settings.lease().dividedBy(TIMES_IN_A_LEASE));
    }
  }
}
