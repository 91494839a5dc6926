package dev.cairn.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Describes {@code serve}; a well-formed one never reaches this class. */
@Command(
    name = "serve",
    description = "Start the server, everything embedded unless set otherwise.",
    footer = {"%nExamples:", "  cairn serve --server.port=9000 --cairn.data=/var/lib/cairn"})
final class ServeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "--SETTING=VALUE",
      description = "Any setting of docs/running.md.",
      arity = "0..*")
  private List<String> settings = List.of();

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "serve takes settings of the form --name=value only");
  }
}
