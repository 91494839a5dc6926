package dev.cairn.stream;

import java.io.IOException;

/** Writes the events of one answer to its reader, each at once. Fails when the reader left. */
public interface StreamWriter {

  void write(StreamEvent event) throws IOException;

  /** A sign of life, so that the connection is not taken for dead. */
  void heartbeat() throws IOException;

  /** The service is ending, the answer with it. */
  void reconnect() throws IOException;
}
