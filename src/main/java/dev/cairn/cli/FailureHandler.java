package dev.cairn.cli;

import dev.cairn.client.ServerUnreachableException;
import dev.cairn.terminal.AtExit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Prints what went wrong as one sentence, without a stack trace. */
final class FailureHandler implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    // What fails while Ctrl-C ends the process fails because of that.
    if (!AtExit.isEnding()) {
      command.getErr().println(sentence(failure));
    }
    return failure instanceof ServerUnreachableException
        ? CairnCommand.UNREACHABLE
        : CairnCommand.FAILED;
  }

  private static String sentence(Throwable failure) {
    return switch (failure) {
      case UncheckedIOException e -> sentence(Objects.requireNonNull(e.getCause()));
      case NoSuchFileException e -> "There is no file or folder %s.".formatted(e.getFile());
      case AccessDeniedException e ->
          "%s may not be read or written: its permissions do not allow it.".formatted(e.getFile());
      case FileAlreadyExistsException e ->
          "There is already a file %s: name another place.".formatted(e.getFile());
      case FileSystemException e ->
          "%s cannot be used: %s."
              .formatted(e.getFile(), Objects.requireNonNullElse(e.getReason(), "unknown reason"));
      case CharacterCodingException _ -> "A file is not in UTF-8: save it in UTF-8.";
      default ->
          isMeantForPeople(failure) ? String.valueOf(failure.getMessage()) : unexpected(failure);
    };
  }

  /** Ours say what to do, and so do those that refuse an argument or a state. */
  private static boolean isMeantForPeople(Throwable failure) {
    boolean ours = failure.getClass().getPackageName().startsWith("dev.cairn");
    return failure.getMessage() != null
        && (ours
            || failure instanceof IOException
            || failure instanceof IllegalArgumentException
            || failure instanceof IllegalStateException);
  }

  private static String unexpected(Throwable failure) {
    return "This should not happen; please report it with the command and this line: " + failure;
  }
}
