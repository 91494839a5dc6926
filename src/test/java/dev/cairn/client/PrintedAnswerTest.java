package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PrintedAnswerTest {

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
}
