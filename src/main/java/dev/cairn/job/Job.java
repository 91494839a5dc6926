package dev.cairn.job;

import java.util.UUID;

/**
 * A kind of background work. Each piece of it is about one id and is run at least once: by one
 * worker at a time as long as that worker lives and sends its heartbeat, so what it changes must
 * bear a second run. A piece that fails is tried again later, a few times.
 */
public interface Job {

  /** Lower-case letters; its queue is the table of that name with {@code _job} after it. */
  String name();

  /** How many pieces one process works on at once, at least 1. */
  int threads();

  /**
   * Does the work.
   *
   * @param stop to be asked often: once it is set the work is given back by an exception
   * @throws Exception when the piece is to be tried again later
   */
  void run(UUID subject, StopSignal stop) throws Exception;

  /**
   * Told once that a piece failed too often and will not be tried again.
   *
   * @param reason what the last try failed with, in words
   */
  void gaveUp(UUID subject, String reason);
}
