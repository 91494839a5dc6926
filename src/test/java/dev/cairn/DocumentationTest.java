package dev.cairn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cairn.problem.ProblemCode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.ApplicationContext;

/** What the pages tell a reader to type works. */
@CairnTest
class DocumentationTest {

  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
  private static final Pattern SETTING = Pattern.compile("(?m)^\\| `(cairn\\.[a-z.-]+)`");
  private static final Pattern ERRORS = Pattern.compile("(?m)^\\| (\\d{3}) \\| (.+) \\|$");
  private static final Pattern CODE = Pattern.compile("`[a-z_]+`");
  private static final Duration ENCODING_LIMIT = Duration.ofMinutes(2);

  @Autowired private CairnHttp http;
  @Autowired private ApplicationContext service;

  @Test
  void everyExampleOfTheApiPageWorks(@TempDir Path folder) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");
    Files.writeString(folder.resolve("war-and-peace.txt"), "Lucas signed it.\n".repeat(40));
    Files.writeString(folder.resolve(".curlrc"), "silent\nshow-error\nfail-with-body\n");
    Map<String, String> ids = new HashMap<>();
    for (String example : Examples.of(Path.of("docs/api.md")).curls()) {
      String answer = run(folder, fillIn(example, ids));
      remember(example, answer, ids);
    }
    assertThat(ids).containsOnlyKeys("document", "answer");
  }

  @Test
  void theTableOfSettingsNamesEverySettingAndNoOther() throws IOException {
    String page = Files.readString(Path.of("docs/running.md"));
    List<String> named =
        SETTING.matcher(page).results().map(match -> match.group(1)).distinct().toList();

    assertThat(named).containsExactlyInAnyOrderElementsOf(settings().toList());
  }

  @Test
  void theTableOfErrorsNamesEveryCodeUnderItsStatusAndNoOther() throws IOException {
    String page = Files.readString(Path.of("docs/api.md"));
    List<String> named =
        ERRORS
            .matcher(page.substring(page.indexOf("## Errors")))
            .results()
            .flatMap(
                row ->
                    CODE.matcher(row.group(2)).results().map(code -> row.group(1) + code.group()))
            .toList();

    assertThat(named)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(ProblemCode.values())
                .map(code -> "%d`%s`".formatted(code.status().value(), code.json()))
                .toList());
  }

  private String fillIn(String example, Map<String, String> ids) {
    String filled = example.replace("localhost:8080", "localhost:" + http.port());
    for (var id : ids.entrySet()) {
      filled = filled.replace("{" + id.getKey() + "}", id.getValue());
    }
    return filled;
  }

  private void remember(String example, String answer, Map<String, String> ids) {
    Matcher id = ID.matcher(answer);
    if (example.contains("-F file=") && id.find()) {
      ids.put("document", id.group(1));
      String path = "/api/v1/documents/" + id.group(1);
      await()
          .atMost(ENCODING_LIMIT)
          .until(() -> http.get(path).body().path("stage").asString().equals("ready"));
    } else if (example.contains("/questions") && id.find()) {
      ids.put("answer", id.group(1));
    }
  }

  private static String run(Path folder, String command) throws Exception {
    var builder = new ProcessBuilder("sh", "-c", command).directory(folder.toFile());
    builder.environment().put("HOME", folder.toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s%n%s", command, output).isZero();
    return output;
  }

  /** All settings that Cairn itself declares. */
  private Stream<String> settings() {
    return service.getBeansWithAnnotation(ConfigurationProperties.class).values().stream()
        .map(Object::getClass)
        .filter(type -> type.getPackageName().startsWith("dev.cairn"))
        .flatMap(DocumentationTest::settingsOf);
  }

  private static Stream<String> settingsOf(Class<?> type) {
    String prefix = type.getAnnotation(ConfigurationProperties.class).value();
    return Stream.of(type.getRecordComponents())
        .map(RecordComponent::getName)
        .map(name -> prefix + "." + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
  }
}
