package dev.cairn.job;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How jobs are run.
 *
 * @param pollInterval at which the queues are looked at; a job enqueued by this process starts at
 *     once
 * @param lease after which the job of a worker that went silent is given to another; it sends its
 *     heartbeat four times in that time
 * @param attempts after which a job that always fails is given up
 * @param backoff before the second attempt; doubles with every further one. Also before a job that
 *     found the disk full is tried again, which is not counted
 * @param shutdownWait how long an ending process lets its jobs find a place to stop before it
 *     interrupts them
 */
@Validated
@ConfigurationProperties("cairn.job")
record JobSettings(
    @DurationMin(millis = 10) @DefaultValue("500ms") Duration pollInterval,
    @DurationMin(millis = 400) @DefaultValue("20s") Duration lease,
    @Min(1) @DefaultValue("5") int attempts,
    @DurationMin(millis = 1) @DefaultValue("1s") Duration backoff,
    @DurationMin(millis = 1) @DefaultValue("5s") Duration shutdownWait) {

  static final int HEARTBEATS_PER_LEASE = 4;

  Duration heartbeat() {
    return lease.dividedBy(HEARTBEATS_PER_LEASE);
  }
}
