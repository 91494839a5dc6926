package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.Examples;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CairnCommandTest {

  @Test
  void noArgumentsOrServeOrSettingsAloneStartTheServer() {
    assertThat(CairnCommand.startsServer()).isTrue();
    assertThat(CairnCommand.startsServer("serve")).isTrue();
    assertThat(CairnCommand.startsServer("--server.port=0")).isTrue();
    assertThat(CairnCommand.startsServer("serve", "--server.port=0")).isTrue();
    assertThat(CairnCommand.serverArguments("serve", "--server.port=0"))
        .containsExactly("--server.port=0");
  }

  @Test
  void commandsAndHelpDoNotStartTheServer() {
    assertThat(CairnCommand.startsServer("corpus", "list")).isFalse();
    assertThat(CairnCommand.startsServer("--help")).isFalse();
    assertThat(CairnCommand.startsServer("serve", "--help")).isFalse();
    assertThat(CairnCommand.startsServer("serve", "something")).isFalse();
  }

  @Test
  void aWrongCommandLineEndsWithTwoAndSaysHowToUseIt() {
    CommandRun run = CommandRun.of("ask", "--corpus", "library");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("QUESTION", "Usage: cairn ask");
  }

  @Test
  void anUnreachableServerEndsWithThreeAndSaysWhatToDo() {
    CommandRun run = CommandRun.of("corpus", "list", "--server", "http://localhost:1");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("http://localhost:1", "./cairn serve", "--server");
  }

  @Test
  void theDemoDoesNotStartAServerInPlaceOfARemoteOne() {
    CommandRun run = CommandRun.of("demo", "--server", "http://cairn.invalid:8080");

    assertThat(run.exitCode()).isEqualTo(3);
  }

  @Test
  void theDemoOfAnOwnFileNeedsAQuestion() {
    CommandRun run = CommandRun.of("demo", "contract.txt");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("a FILE needs a QUESTION");
  }

  @Test
  void helpShowsWhatTheCommandItselfShows() {
    assertThat(CommandRun.of("help").out()).isEqualTo(CommandRun.of("--help").out());
    assertThat(CommandRun.of("help", "ask").out()).isEqualTo(CommandRun.of("ask", "--help").out());
    assertThat(CommandRun.of("help", "document", "upload").out())
        .isEqualTo(CommandRun.of("document", "upload", "--help").out());
  }

  @Test
  void helpOnACommandThatIsNotThereIsAWrongCommandLine() {
    CommandRun run = CommandRun.of("help", "document", "uplaod");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("no command 'cairn document uplaod'", "cairn document");
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    assertThat(CommandRun.of("--version").out()).matches("cairn \\d+\\.\\d+\\.\\d+\\s*");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelpWithADescriptionAnExampleAndItsExitCodes(CommandLine command) {
    var usage = command.getCommandSpec().usageMessage();

    assertThat(String.join("", usage.description())).isNotBlank();
    assertThat(usage.footer()).hasSizeGreaterThan(1).startsWith("%nExamples:");
    assertThat(usage.exitCodeList()).containsKeys("0", "1", "2", "3", "130");
    assertThat(command.getUsageMessage()).contains("--help", "Exit codes:", "cairn ");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyExampleIsWellFormed(CommandLine command) {
    assertThat(Stream.of(command.getCommandSpec().usageMessage().footer()).skip(1))
        .allSatisfy(line -> assertThat(line).startsWith("  cairn "))
        .allMatch(line -> isUsable(Examples.words(line.substring("  cairn ".length()))));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandShowsItself(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();

    assertThat(command.getCommandSpec().usageMessage().footer())
        .anyMatch(line -> line.startsWith("  " + name + " ") || line.equals("  " + name));
  }

  static Stream<CommandLine> commands() {
    var quiet = new PrintWriter(PrintWriter.nullWriter());
    CommandLine cairn = CairnCommand.commandLine(quiet, quiet);
    return Stream.concat(
        Stream.of(cairn),
        cairn.getSubcommands().values().stream().flatMap(CairnCommandTest::withSubcommands));
  }

  private static Stream<CommandLine> withSubcommands(CommandLine command) {
    return Stream.concat(Stream.of(command), command.getSubcommands().values().stream());
  }

  @ParameterizedTest
  @MethodSource
  void everyCommandInThePagesIsWellFormed(String line) {
    String[] args = Examples.words(line);

    assertThat(isUsable(args)).isTrue();
  }

  static Stream<String> everyCommandInThePagesIsWellFormed() throws IOException {
    return Examples.pages().stream().flatMap(page -> Examples.of(page).commands());
  }

  private static boolean isUsable(String... args) {
    return CairnCommand.startsServer(args) || isCommand(args);
  }

  private static boolean isCommand(String... args) {
    var quiet = new PrintWriter(PrintWriter.nullWriter());
    return !CairnCommand.commandLine(quiet, quiet).parseArgs(args).subcommands().isEmpty();
  }
}
