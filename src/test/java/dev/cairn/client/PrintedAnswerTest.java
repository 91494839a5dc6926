package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class PrintedAnswerTest {

  private static final Pattern QUOTE = Pattern.compile("(?m)^  \"(.*)\"$");

  private static final String ANSWER =
      """
      {"id":"1","text":"9 October 1604","answered":true,"evidence":0.4,"finishReason":"stop",
       "citations":[{"documentId":"2","title":"house.txt","start":4710,"end":4748,
         "quote":"Mei Petrov was\\n born on 9 October 1604.","weight":0.625,"weak":false}],
       "usage":{"promptTokens":17,"answerTokens":7},
       "report":{"chunksVisible":1710,"chunksScored":5130,"distinctChunksRead":24,
         "distinctChunksByTier":{"ram":0,"disk":24},"bytesRead":{"ram":9830400,"disk":1179648},
         "hitRate":0.89,"tokensNotReencoded":109440,
         "stageMillis":{"scan":100.0,"decode":900.0}},
       "leftOut":[{"documentId":"00000000-0000-7000-8000-000000000003","title":"draft.txt",
         "reason":"encoding","percent":40}]}
      """;

  @Test
  void aPersonReadsTheAnswerItsPassagesWhatWasLeftOutAndWhatItTook() {
    var printed = new StringWriter();
    PrintedAnswer.of(Server.JSON.readTree(ANSWER)).print(new PrintWriter(printed, true));

    assertThat(printed.toString())
        .isEqualTo(
            """
            9 October 1604
              "Mei Petrov was born on 9 October 1604."
                house.txt, characters 4,710 to 4,748, weight 0.63
              Not read: draft.txt (encoding, 40 %)
              Read 24 of 1,710 chunks (1,152 KB from disk) in 1.0 s; 109,440 tokens were not encoded again.
            """);
  }

  @ParameterizedTest
  @CsvSource({
    // weak ones are marked with w
    "a b c d e, a b c, 2 more passages were read: ask with --all-citations.",
    "a wb c wd, a c, 2 more passages were read: ask with --all-citations.",
    "wa wb, wa, 1 more passage was read: ask with --all-citations.",
    "a b c, a b c, Read",
    "wa, wa, Read"
  })
  void onlyTheWeightiestPassagesThatAreNotWeakArePrinted(String all, String few, String then) {
    PrintedAnswer answer = answer(all.split(" "));

    assertThat(quotes(print(answer))).containsExactly(few.split(" "));
    assertThat(print(answer)).contains(then);
    assertThat(quotes(printWithAllPassages(answer))).containsExactly(all.split(" "));
    assertThat(printWithAllPassages(answer)).doesNotContain("more passage");
  }

  @Test
  void anAbstentionShowsWhatWasLookedAt() {
    ObjectNode answer = (ObjectNode) Server.JSON.readTree(ANSWER);
    answer.put("text", "The documents do not say.").put("answered", false);
    answer.set("lookedAt", answer.remove("citations"));
    ((ObjectNode) answer.at("/lookedAt/0")).put("weak", true);

    assertThat(print(PrintedAnswer.of(answer)))
        .startsWith(
            """
            The documents do not say.
              Too little speaks for another answer (evidence 0.40); what was looked at:
              "Mei Petrov was born on 9 October 1604."
                house.txt, characters 4,710 to 4,748, weight 0.63, weak
            """);
  }

  @Test
  void whatADocumentHoldsDoesNotSteerTheTerminal() {
    ObjectNode answer = (ObjectNode) Server.JSON.readTree(ANSWER);
    answer.put("text", "Lu\u001b[31mcas\u0007\nsigned\u009b2J");
    ((ObjectNode) answer.at("/citations/0")).put("quote", "Lu\u001b]0;cas\u0007");

    assertThat(print(PrintedAnswer.of(answer))).startsWith("Lu[31mcas\nsigned2J\n  \"Lu]0;cas\"\n");
  }

  @Test
  void anAnswerThatFailedOrIsNotThereYetSaysSo() {
    String failed = "{\"failure\":{\"code\":\"internal\",\"detail\":\"Ask again.\"}}";

    assertThat(print(PrintedAnswer.of(Server.JSON.readTree(failed)))).isEqualTo("Ask again.\n");
    assertThat(print(PrintedAnswer.of(Server.JSON.readTree("{}")))).isEqualTo("No answer yet.\n");
  }

  private static PrintedAnswer answer(String... quotes) {
    ObjectNode answer = (ObjectNode) Server.JSON.readTree(ANSWER);
    ArrayNode citations = answer.putArray("citations");
    for (String quote : quotes) {
      citations
          .addObject()
          .put("title", "t")
          .put("quote", quote)
          .put("start", 0)
          .put("end", 1)
          .put("weight", 0.1)
          .put("weak", quote.startsWith("w"));
    }
    return PrintedAnswer.of(answer);
  }

  private static String print(PrintedAnswer answer) {
    var printed = new StringWriter();
    answer.print(new PrintWriter(printed, true));
    return printed.toString();
  }

  private static String printWithAllPassages(PrintedAnswer answer) {
    var printed = new StringWriter();
    answer.printWithAllPassages(new PrintWriter(printed, true));
    return printed.toString();
  }

  private static Stream<String> quotes(String printed) {
    return QUOTE.matcher(printed).results().map(match -> match.group(1));
  }
}
