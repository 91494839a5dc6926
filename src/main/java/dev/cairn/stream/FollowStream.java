package dev.cairn.stream;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes an answer's events to a reader while they come. */
@Component
public final class FollowStream {

  private final StreamSettings settings;

  FollowStream(StreamSettings settings) {
    this.settings = settings;
  }

  /**
   * Writes the events until the last, and notes that the reader has left.
   *
   * @param stream which the reader has come to
   * @param after number of the last event that the reader has
   * @throws IOException when the reader left before
   */
  public void follow(AnswerStream stream, long after, StreamWriter writer)
      throws IOException, InterruptedException {
    try {
      Long last = after;
      while (last != null) {
        last = writeNext(stream, last, writer);
      }
    } finally {
      stream.readerLeft();
    }
  }

  /** The number of the event that was written last, or null when the stream has ended. */
  private @Nullable Long writeNext(AnswerStream stream, long after, StreamWriter writer)
      throws IOException, InterruptedException {
    List<StreamEvent> events = stream.next(after, settings.heartbeat());
    for (StreamEvent event : events) {
      writer.write(event);
      stream.took(event.number());
    }
    if (!events.isEmpty()) {
      return events.getLast().isLast() ? null : (Long) events.getLast().number();
    }
    if (stream.isClosed()) {
      writer.reconnect();
      return null;
    }
    if (stream.hasEnded()) {
      return null;
    }
    writer.heartbeat();
    return after;
  }
}
