package dev.cairn.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share many short pieces of work, thousands a second. The caller is one of them. Each
 * has a stretch of neighbouring parts, since a processor's core fetches ahead of what it reads, and
 * then helps with what is left of the others', so a thread that the machine holds up does not hold
 * up the rest. Members wait for the next piece awake for a moment, because waking up takes longer
 * than most pieces do. Used by one caller at a time.
 */
public final class Team implements AutoCloseable {

  private static final int SPINS = 4_000;

  private final Member[] others;
  private volatile @Nullable Piece piece;
  private volatile boolean closed;

  /** Work in parts. */
  @FunctionalInterface
  public interface Work {

    /**
     * @param member the thread's number, from 0 to before {@link #members}
     */
    void part(int part, int member);
  }

  /**
   * @param members threads, the caller among them, at least 1
   */
  public Team(int members) {
    others = new Member[members - 1];
    for (int i = 0; i < others.length; i++) {
      others[i] = new Member(i + 1);
      Thread.ofPlatform().daemon().name("decode-" + (i + 1)).start(others[i]);
    }
  }

  public int members() {
    return others.length + 1;
  }

  /**
   * Runs all parts and waits for them.
   *
   * @throws RuntimeException what a part threw
   */
  public void run(int parts, Work work) {
    Piece next = new Piece(work, parts, members());
    if (parts > 1) {
      piece = next;
      for (Member other : others) {
        other.wake();
      }
    }
    next.take(0);
    next.awaitEnd();
  }

  /** Ends the threads. */
  @Override
  public void close() {
    closed = true;
    for (Member other : others) {
      other.wake();
    }
  }

  private static final class Piece {

    /** Numbers of a cache line: counters that lie nearer hold up each other's threads. */
    private static final int LINE = 64 / Integer.BYTES;

    private final Work work;
    private final int parts;
    private final int members;
    private final AtomicIntegerArray next; // part of each member's stretch, a line apart
    private final AtomicInteger ended = new AtomicInteger();
    private volatile @Nullable RuntimeException failure;

    Piece(Work work, int parts, int members) {
      this.work = work;
      this.parts = parts;
      this.members = members;
      this.next = new AtomicIntegerArray((members + 1) * LINE);
      for (int member = 0; member < members; member++) {
        next.setPlain(place(member), first(member));
      }
    }

    private static int place(int member) {
      return (member + 1) * LINE;
    }

    private int first(int member) {
      return (int) ((long) parts * member / members);
    }

    void take(int member) {
      for (int i = 0; i < members; i++) {
        takeStretch((member + i) % members, member);
      }
    }

    private void takeStretch(int of, int member) {
      int end = first(of + 1);
      int done = 0;
      try {
        while (next.getPlain(place(of)) < end) {
          int part = next.getAndIncrement(place(of));
          if (part < end) {
            done++;
            take(part, member);
          }
        }
      } finally {
        ended.addAndGet(done);
      }
    }

    private void take(int part, int member) {
      try {
        work.part(part, member);
      } catch (RuntimeException e) {
        failure = e;
      }
    }

    void awaitEnd() {
      for (int spins = 0; ended.get() < parts; spins++) {
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          Thread.yield();
        }
      }
      RuntimeException thrown = failure;
      if (thrown != null) {
        throw thrown;
      }
    }
  }

  private final class Member implements Runnable {

    private final int number;
    private volatile @Nullable Thread parked;

    Member(int number) {
      this.number = number;
    }

    @Override
    public void run() {
      Piece last = null;
      while (!closed) {
        Piece next = await(last);
        if (next != null) {
          next.take(number);
          last = next;
        }
      }
    }

    private @Nullable Piece await(@Nullable Piece last) {
      for (int spins = 0; spins < SPINS; spins++) {
        if (piece != last) {
          return piece;
        }
        Thread.onSpinWait();
      }
      parked = Thread.currentThread();
      if (piece == last && !closed) {
        LockSupport.park(this);
      }
      parked = null;
      return piece == last ? null : piece;
    }

    void wake() {
      Thread waiting = parked;
      if (waiting != null) {
        LockSupport.unpark(waiting);
      }
    }
  }
}
