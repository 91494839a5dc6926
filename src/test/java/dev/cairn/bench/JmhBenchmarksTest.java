package dev.cairn.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The JMH benchmarks run, each for a moment; what they say so is worth nothing. */
class JmhBenchmarksTest {

  private static final int BENCHMARKS = 5 * 2 + 4 + 2 * 3 + 4 * 5;

  @TempDir private Path folder;

  @Test
  void allRun() throws Exception {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("dev\\.cairn\\..*Benchmark")
                    .param("size", "896x4864")
                    .param("threads", "1")
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(1))
                    .shouldFailOnError(true)
                    .output(folder.resolve("log").toString())
                    .build())
            .run();
    assertThat(results).hasSize(BENCHMARKS);
    assertThat(results).allMatch(result -> result.getPrimaryResult().getScore() > 0);
  }
}
