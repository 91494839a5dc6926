package dev.cairn.job;

/** The process ends: the work goes back to the queue and is not counted as failed. */
public final class JobStoppedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public JobStoppedException() {
    super("the process ends; another run takes the job up again");
  }
}
