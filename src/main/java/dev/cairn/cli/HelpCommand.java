package dev.cairn.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cairn help document upload}; picocli's own goes one command deep. */
@Command(
    name = "help",
    description = "Show how a command is used, as its --help does.",
    helpCommand = true,
    footer = {"%nExamples:", "  cairn help", "  cairn help ask", "  cairn help document upload"})
final class HelpCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command.")
  private List<String> names = List.of();

  @Override
  public Integer call() {
    CommandLine shown = spec.commandLine().getParent();
    for (String name : names) {
      shown = below(shown, name);
    }
    shown.usage(spec.commandLine().getOut());
    return 0;
  }

  private static CommandLine below(CommandLine command, String name) {
    CommandLine found = command.getSubcommands().get(name);
    if (found == null) {
      throw new ParameterException(
          command,
          "There is no command '%s %s'.".formatted(command.getCommandSpec().qualifiedName(), name));
    }
    return found;
  }
}
