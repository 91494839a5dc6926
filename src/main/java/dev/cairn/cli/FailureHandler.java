package dev.cairn.cli;

import dev.cairn.client.ServerUnreachableException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Prints what went wrong as one sentence, without a stack trace. */
final class FailureHandler implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    if (!isInterrupted()) {
      command.getErr().println(sentence(failure));
    }
    return failure instanceof ServerUnreachableException
        ? CairnCommand.UNREACHABLE
        : CairnCommand.FAILED;
  }

  /** Whether Ctrl-C is ending the process: what fails then fails because of that. */
  private static boolean isInterrupted() {
    Thread hook = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      Runtime.getRuntime().removeShutdownHook(hook);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /** Exceptions of the platform often carry a bare name as message: then their type says more. */
  private static String sentence(Exception failure) {
    boolean ours = failure.getClass().getPackageName().startsWith("dev.cairn");
    return ours ? String.valueOf(failure.getMessage()) : failure.toString();
  }
}
