package dev.cairn.start;

import java.util.Optional;
import org.springframework.boot.ExitCodeGenerator;

/** A setting that a server cannot be started with, and what to do about it. */
final class SettingException extends RuntimeException implements ExitCodeGenerator {

  private static final long serialVersionUID = 1;
  private static final int FAILED = 1;
  private static final int WRONG_COMMAND_LINE = 2;

  private final int exitCode;

  private SettingException(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  /** One that there is not, as {@code --cairn.dat}. */
  static SettingException unknown(String dashes, String name, Optional<String> nearest) {
    String advice =
        nearest
            .map(known -> "did you mean %s%s?".formatted(dashes, known))
            .orElse("docs/running.md lists those that there are.");
    return new SettingException(
        "%s%s is not a setting; %s".formatted(dashes, name, advice), WRONG_COMMAND_LINE);
  }

  /** One whose value cannot be used on this machine at this time. */
  static SettingException unusable(String message) {
    return new SettingException(message, FAILED);
  }

  @Override
  public int getExitCode() {
    return exitCode;
  }
}
