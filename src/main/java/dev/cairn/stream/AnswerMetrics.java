package dev.cairn.stream;

import dev.cairn.answer.Admission;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** What questions hold at this moment; all of it is 0 when nobody asks. */
@Component
final class AnswerMetrics implements MeterBinder {

  private final Admission admission;
  private final AnswerStreams streams;

  AnswerMetrics(Admission admission, AnswerStreams streams) {
    this.admission = admission;
    this.streams = streams;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("cairn.answers.open", admission, Admission::open)
        .description("Answers being written")
        .register(registry);
    Gauge.builder("cairn.questions.waiting", admission, Admission::waiting)
        .description("Questions that wait for a place")
        .register(registry);
    Gauge.builder("cairn.streams.open", streams, AnswerStreams::size)
        .description("Answers being streamed, those too that wait for their client's return")
        .register(registry);
  }
}
