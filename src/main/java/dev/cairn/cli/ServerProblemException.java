package dev.cairn.cli;

/** The server answered with an error. The message is what it says to do. */
final class ServerProblemException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String code;

  ServerProblemException(String code, String detail) {
    super("%s (%s)".formatted(detail, code));
    this.code = code;
  }

  String code() {
    return code;
  }
}
