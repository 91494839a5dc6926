package dev.cairn.cli;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Prints what went wrong as one sentence, without a stack trace. */
final class FailureHandler implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    command.getErr().println(sentence(failure));
    return failure instanceof ServerUnreachableException
        ? CairnCommand.UNREACHABLE
        : CairnCommand.FAILED;
  }

  /** Exceptions of the platform often carry a bare name as message: then their type says more. */
  private static String sentence(Exception failure) {
    boolean ours = failure.getClass().getPackageName().startsWith("dev.cairn");
    return ours ? String.valueOf(failure.getMessage()) : failure.toString();
  }
}
