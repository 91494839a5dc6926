package dev.cairn.job;

/** A piece of work was put into the queue of this job. */
record JobEnqueued(String job) {}
