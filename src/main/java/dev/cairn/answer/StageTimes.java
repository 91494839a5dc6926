package dev.cairn.answer;

import dev.cairn.model.Generation;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** Measures the stages of one answer. Used by one thread. */
final class StageTimes {

  private static final double NANOS_PER_MILLI = 1e6;

  private final Map<AnswerStage, Double> millis = new EnumMap<>(AnswerStage.class);

  <T> T time(AnswerStage stage, Supplier<T> work) {
    long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      put(stage, System.nanoTime() - start);
    }
  }

  void put(AnswerStage stage, long nanos) {
    millis.merge(stage, millis(nanos), Double::sum);
  }

  /** What the model measured itself. */
  void put(Generation.Cost cost) {
    put(AnswerStage.PROMPT, cost.promptNanos());
    put(AnswerStage.SCAN, cost.scanNanos());
    put(AnswerStage.LOAD, cost.loadNanos());
    put(AnswerStage.DECODE, cost.decodeNanos());
  }

  static double millis(long nanos) {
    return nanos / NANOS_PER_MILLI;
  }

  Map<AnswerStage, Double> millis() {
    return Map.copyOf(millis);
  }
}
