package dev.cairn.stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** What streams hold at this moment; 0 when nobody asks. */
@Component
final class StreamMetrics implements MeterBinder {

  private final AnswerStreams streams;

  StreamMetrics(AnswerStreams streams) {
    this.streams = streams;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("cairn.streams.open", streams, AnswerStreams::size)
        .description("Answers being streamed, those too that wait for their client's return")
        .register(registry);
  }
}
