package dev.cairn.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The standard output of a command, UTF-8. It remembers why it could not be written; a writer alone
 * remembers only that. Used by one thread.
 */
public final class StandardOutput extends OutputStream {

  /** What the system says when whoever read the output has left, as {@code head} does. */
  private static final String READER_LEFT = "Broken pipe";

  private final OutputStream out = new FileOutputStream(FileDescriptor.out);
  private final PrintWriter writer = new PrintWriter(this, true, StandardCharsets.UTF_8);
  private @Nullable IOException failure;

  /** Writes to it, each line at once. */
  public PrintWriter writer() {
    return writer;
  }

  /**
   * True when everything was written.
   *
   * @param err told why not, unless whoever read it has left
   */
  public boolean complete(PrintWriter err) {
    writer.flush();
    if (failure != null && !READER_LEFT.equals(failure.getMessage())) {
      err.printf("The output could not be written: %s.%n", failure.getMessage());
    }
    return failure == null;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }
}
