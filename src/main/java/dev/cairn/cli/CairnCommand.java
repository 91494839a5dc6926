package dev.cairn.cli;

import dev.cairn.terminal.StandardOutput;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
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
      "1:the server answered with an error, a file cannot be used, or the output not be written",
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
      AnswerCommand.class,
      SegmentCommand.class,
      ModelCommand.class,
      ConvertCommand.class,
      BenchCommand.class,
      EvaluateCommand.class,
      HelpCommand.class
    })
public final class CairnCommand {

  static final int FAILED = 1;
  static final int UNREACHABLE = 3;

  private static final char REPLACEMENT = '\uFFFD';

  private static final String GARBLED =
      "The arguments hold characters that Java cannot read in this locale: run ./cairn, which sets"
          + " one that it can, or set LC_ALL=C.UTF-8.";

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
    System.setProperty("logback.configurationFile", "command-log.xml");
    var out = new StandardOutput();
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    if (Stream.of(args).anyMatch(CairnCommand::isGarbled)) {
      err.println(GARBLED);
      return CommandLine.ExitCode.USAGE;
    }
    int exitCode = commandLine(out.writer(), err).execute(args);
    return out.complete(err) || exitCode != 0 ? exitCode : FAILED;
  }

  /** Whether the JVM could not read an argument, in the encoding of the locale. */
  private static boolean isGarbled(String argument) {
    return argument.indexOf(REPLACEMENT) >= 0
        && !"UTF-8".equals(System.getProperty("sun.jnu.encoding"));
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
