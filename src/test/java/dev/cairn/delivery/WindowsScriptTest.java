package dev.cairn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The form of {@code cairn.cmd}; it is not run here. */
class WindowsScriptTest {

  private static final Pattern GOAL = Pattern.compile("-B .*-D\\S+ package");
  private static final Pattern CALL = Pattern.compile("(?:call|goto) :?(\\w+)(?= |$)");

  private final String windows = Files.readString(Path.of("cairn.cmd"));
  private final String linux = Files.readString(Path.of("cairn"));

  WindowsScriptTest() throws IOException {}

  @Test
  void everyStartPassesTheArgumentsOnAndReturnsTheExitCode() {
    assertThat(windows.lines().filter(line -> line.contains("-jar")))
        .hasSize(2)
        .allMatch(line -> line.endsWith("-jar \"%jar%\" %*"));
    assertThat(windows.split("-jar \"%jar%\" %\\*\\s+exit /b %ERRORLEVEL%")).hasSize(3);
  }

  @Test
  void itStartsAndBuildsAsTheOtherScriptDoes() {
    for (String shared :
        new String[] {
          "java.options", "environment.properties", "-XX:TieredStopAtLevel=1", "--compute"
        }) {
      assertThat(windows).contains(shared);
      assertThat(linux).contains(shared);
    }
    assertThat(goal(windows)).isEqualTo(goal(linux));
  }

  @Test
  void everyLabelThatIsUsedIsThere() {
    assertThat(CALL.matcher(windows.replace("\r", "").replace("\n", " \n")).results())
        .extracting(used -> used.group(1))
        .filteredOn(label -> !label.equals("mvn"))
        .isNotEmpty()
        .allMatch(label -> windows.lines().anyMatch((":" + label)::equals));
  }

  @Test
  void gitGivesItTheLineEndsThatWindowsNeeds() throws IOException {
    assertThat(Files.readString(Path.of(".gitattributes"))).contains("*.cmd text eol=crlf");
    assertThat(windows.replace("\r\n", "")).doesNotContain("\n");
  }

  private static String goal(String script) {
    return GOAL.matcher(script).results().map(MatchResult::group).findFirst().orElseThrow();
  }
}
