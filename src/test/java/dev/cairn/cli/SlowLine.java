package dev.cairn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Passes connections on to a server on this machine: the first bytes that are sent to it at once,
 * the others slowly.
 */
final class SlowLine implements AutoCloseable {

  private static final int BUFFER_BYTES = 8192;
  private static final int PAUSE_MILLIS = 5;

  private final ServerSocket listening;
  private final int port;
  private final long quickBytes;
  private volatile boolean slow;

  SlowLine(int port, long quickBytes) throws IOException {
    this.port = port;
    this.quickBytes = quickBytes;
    listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    // Little of what is sent lies on the way.
    listening.setReceiveBufferSize(BUFFER_BYTES);
    Thread.ofVirtual().start(this::accept);
  }

  String address() {
    return "http://localhost:" + listening.getLocalPort();
  }

  /** Whether what is sent goes slowly by now. */
  boolean isSlow() {
    return slow;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        Thread.ofVirtual().start(() -> pass(server, client, Long.MAX_VALUE));
        Thread.ofVirtual().start(() -> pass(client, server, quickBytes));
      } catch (IOException e) {
        return;
      }
    }
  }

  /** Closes both ends when one is closed. */
  private void pass(Socket from, Socket to, long quick) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] buffer = new byte[BUFFER_BYTES];
      long passed = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        passed += read;
        if (passed >= quick) {
          slow = true;
          Thread.sleep(PAUSE_MILLIS);
        }
      }
    } catch (IOException | InterruptedException e) {
      // A side left, which is what is tested.
      return;
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
