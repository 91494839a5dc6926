package dev.cairn.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * The connection that a request came on, for a request that waits without writing.
 *
 * <p>A servlet cannot ask whether its client is still there, Tomcat can: a read that does not block
 * finds the end of the stream. What a client sent ahead is kept for its next request, and no
 * further read is tried then; so the end is certain only when a second look finds it too. A client
 * that closes only its sending side counts as gone.
 */
public final class ClientConnection {

  /** The attribute of a request that holds its connection. */
  public static final String ATTRIBUTE = "dev.cairn.web.ClientConnection";

  private final org.apache.coyote.Request request;

  private ClientConnection(org.apache.coyote.Request request) {
    this.request = request;
  }

  /** Whether the client closed it. For the thread of the request, before it writes. */
  public boolean isGone() {
    boolean first = readsWithoutData();
    return first && readsWithoutData();
  }

  private boolean readsWithoutData() {
    request.action(ActionCode.AVAILABLE, Boolean.TRUE);
    return request.getAvailable() > 0;
  }

  /** Notes the connection of each request. */
  static final class Valve extends ValveBase {

    Valve() {
      super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
      request.setAttribute(ATTRIBUTE, new ClientConnection(request.getCoyoteRequest()));
      getNext().invoke(request, response);
    }
  }
}
