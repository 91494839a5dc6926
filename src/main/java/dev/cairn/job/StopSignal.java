package dev.cairn.job;

/** Says that the process is about to end. Safe for many threads. */
@FunctionalInterface
public interface StopSignal {

  boolean isSet();

  /**
   * @throws JobStoppedException once the signal is set
   */
  default void check() {
    if (isSet()) {
      throw new JobStoppedException();
    }
  }
}
