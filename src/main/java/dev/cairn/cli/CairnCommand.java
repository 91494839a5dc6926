package dev.cairn.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;

/**
 * The {@code cairn} command. Its commands talk to a server or look at files; none starts Spring.
 * Starting the server itself is the caller's part: see {@link #startsServer}.
 */
@Command(
    name = "cairn",
    description = "Encode long documents once, then ask them questions.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = CairnCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeOnExecutionException = CairnCommand.FAILED,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the server answered with an error, or a file cannot be used",
      "2:the command line is wrong",
      "3:the server cannot be reached",
      "130:interrupted with Ctrl-C"
    },
    footer = {"%nExamples:", "  cairn demo", "  cairn serve", "  cairn corpus list --json"},
    subcommands = {
      ServeCommand.class,
      DemoCommand.class,
      AskCommand.class,
      CorpusCommand.class,
      DocumentCommand.class,
      SegmentCommand.class,
      ModelCommand.class,
      ConvertCommand.class,
      BenchCommand.class,
      EvaluateCommand.class
    })
public final class CairnCommand {

  static final int FAILED = 1;
  static final int UNREACHABLE = 3;

  private CairnCommand() {}

  /**
   * True when the arguments ask for the server: none at all, {@code serve}, or nothing but settings
   * like {@code --server.port=9000}.
   */
  public static boolean startsServer(String... args) {
    return Arrays.stream(serverArguments(args)).allMatch(CairnCommand::isSetting);
  }

  /** The settings among arguments that start the server. */
  public static String[] serverArguments(String... args) {
    boolean named = args.length > 0 && args[0].equals("serve");
    return named ? Arrays.copyOfRange(args, 1, args.length) : args;
  }

  /** Runs a command that does not start the server and returns its exit code. */
  public static int run(String... args) {
    // Printed numbers look the same everywhere, as in the documentation.
    Locale.setDefault(Locale.ROOT);
    return commandLine(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8))
        .execute(args);
  }

  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return new CommandLine(new CairnCommand())
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler(new FailureHandler());
  }

  private static boolean isSetting(String argument) {
    return argument.matches("--[A-Za-z][^=]*=.*");
  }

  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      return new String[] {"cairn " + LaunchSettings.load().version()};
    }
  }
}
