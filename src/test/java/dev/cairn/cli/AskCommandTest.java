package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is sent, and how much of the answer is printed. */
class AskCommandTest {

  private static final String ANSWER =
      """
      {"text":"Lucas","citations":[
        {"title":"a.txt","start":0,"end":5,"quote":"Lucas.","weight":0.9,"weak":false},
        {"title":"b.txt","start":0,"end":4,"quote":"Who?","weight":0.1,"weak":true}]}
      """;

  private final FakeServer fake = new FakeServer().on("/api/v1/questions", 200, ANSWER);

  @AfterEach
  void stop() {
    fake.close();
  }

  private CommandRun ask(String... options) {
    String[] all = new String[options.length + 3];
    all[0] = "ask";
    System.arraycopy(options, 0, all, 1, options.length);
    all[options.length + 1] = "--server=" + fake.address();
    all[options.length + 2] = "Who?";
    return CommandRun.of(all);
  }

  private void assertSent(String json) {
    assertThat(fake.requests().getFirst().json()).isEqualTo(Server.JSON.readTree(json));
  }

  @Test
  void aQuestionToOneCorpusSaysNothingThatWasNotSaid() {
    assertThat(ask("--corpus", "a").exitCode()).isZero();

    assertSent("{\"question\":\"Who?\",\"scope\":{\"corpora\":[\"a\"]}}");
  }

  @Test
  void everyOptionIsAFieldOfTheQuestion() {
    ask(
        "--corpus=a,b",
        "--corpus=c",
        "--document=7",
        "--document=8,9",
        "--retrieval=attention",
        "--min-evidence",
        "-1",
        "--max-tokens=4",
        "--temperature=0.5",
        "--top-p=0.25",
        "--seed=3");

    assertSent(
        """
        {"question":"Who?","scope":{"corpora":["a","b","c"],"documents":["7","8","9"]},
         "minEvidence":-1.0,"retrieval":"attention","maxTokens":4,"temperature":0.5,"topP":0.25,
         "seed":3}
        """);
  }

  @Test
  void weakPassagesArePrintedWhenAskedFor() {
    assertThat(ask("--corpus=a").out()).contains("a.txt", "1 more passage").doesNotContain("b.txt");
    assertThat(ask("--corpus=a", "--all-citations").out())
        .contains("a.txt", "b.txt")
        .doesNotContain("more passage");
    assertThat(ask("--corpus=a", "--json").out()).contains("a.txt", "b.txt");
  }
}
