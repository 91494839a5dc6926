package dev.cairn.ingest;

import dev.cairn.catalogue.Documents;
import dev.cairn.catalogue.Stretches;
import dev.cairn.job.Jobs;
import dev.cairn.job.RoleSettings;
import java.util.List;
import java.util.UUID;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/**
 * Gives jobs to the work that the catalogue holds. It looks again and again, so that work is found
 * whose job a crash prevented; doing it twice does no harm. A tenant has at most two jobs for each
 * worker in the queue, so that none waits behind all the stretches of another.
 */
@Component
class Planner implements SchedulingConfigurer {

  private static final int JOBS_PER_WORKER = 2;
  private static final int EXTRACTIONS = 100;

  private final Documents documents;
  private final Stretches stretches;
  private final Jobs jobs;
  private final RoleSettings roles;
  private final IngestSettings settings;

  Planner(
      Documents documents,
      Stretches stretches,
      Jobs jobs,
      RoleSettings roles,
      IngestSettings settings) {
    this.documents = documents;
    this.stretches = stretches;
    this.jobs = jobs;
    this.roles = roles;
    this.settings = settings;
  }

  @Override
  public void configureTasks(ScheduledTaskRegistrar registrar) {
    if (roles.encodes()) {
      registrar.addFixedDelayTask(this::plan, settings.planInterval());
    }
  }

  private void plan() {
    documents.toExtract(EXTRACTIONS).forEach(this::enqueueExtraction);
    enqueueStretches();
  }

  void enqueueExtraction(UUID documentId) {
    jobs.enqueue(ExtractDocument.NAME, documentId);
  }

  void enqueueStretches() {
    List<UUID> waiting = stretches.toEnqueue(JOBS_PER_WORKER * settings.workers());
    if (!waiting.isEmpty()) {
      waiting.forEach(stretch -> jobs.enqueue(EncodeStretch.NAME, stretch));
      stretches.enqueued(waiting);
    }
  }
}
