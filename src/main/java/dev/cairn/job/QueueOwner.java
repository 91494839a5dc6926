package dev.cairn.job;

/** Who works on the queues. */
public enum QueueOwner {
  /** No other can: whoever still claims work when this process starts is dead. */
  THIS_PROCESS,

  /** Others may, too: one that falls silent is dead after its lease. */
  MANY_PROCESSES
}
