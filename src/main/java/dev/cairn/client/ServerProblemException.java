package dev.cairn.client;

/** The server answered with an error. The message is what it says to do. */
public final class ServerProblemException extends RuntimeException {

  /** The code of what came back when it was no answer of a Cairn server. */
  static final String NO_ANSWER = "no_answer";

  private static final long serialVersionUID = 1;

  private final String code;

  public ServerProblemException(String code, String detail) {
    super("%s (%s)".formatted(detail, code));
    this.code = code;
  }

  public String code() {
    return code;
  }
}
