package dev.cairn.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was stored by any version of the program is sent as it is today. */
@CairnTest
class StoredAnswerTest {

  /** As it was stored before it said its version; %s are the stages. */
  private static final String UNVERSIONED =
      """
      {"text":"18 euros","answered":true,"evidence":0.75,"finishReason":"stop",\
      "citations":[{"documentId":"01980000-0000-7000-8000-000000000001","title":"Bill","start":4,\
      "end":21,"quote":"It is 18 \\"euros\\".","weight":0.5,"weak":true,"sourceDeleted":false}],\
      "usage":{"promptTokens":41,"answerTokens":2},\
      "report":{"retrieval":"attention+sentence+lexical","chunksVisible":12,"chunksScored":240,\
      "distinctChunksRead":5,"distinctChunksByTier":{"ram":2,"disk":3},\
      "bytesRead":{"ram":4096,"disk":6144},"hitRate":0.4,"landmarkBytesLoaded":768,\
      "tokensNotReencoded":96,"stageMillis":{%s},"totalMillis":20.5,"computePath":"FLOAT32",\
      "device":"cpu()","fingerprint":"0a1b"},\
      "leftOut":[{"documentId":"01980000-0000-7000-8000-000000000002","title":"Late",\
      "reason":"encoding","percent":40}],\
      "trace":[{"id":7,"blocks":[[{"documentId":"01980000-0000-7000-8000-000000000001","chunk":3,\
      "start":24,"end":32,"score":1.5,"weight":0.625,"cosine":0.25},\
      {"documentId":"01980000-0000-7000-8000-000000000001","chunk":0,"start":0,"end":8,\
      "score":1.25,"weight":0.375,"words":1.0}],[]]}],\
      "conversation":{"turnsRead":2,"turnsCut":1}}""";

  private static final String OLD_STAGES =
      "\"cite\":1.5,\"upper\":5.25,\"open\":0.5,\"lower\":2.5,\"scan\":0.25";

  private static final String STAGES = "\"open\":0.5,\"prompt\":7.75,\"scan\":0.25,\"cite\":1.5";

  /** What of an unversioned one is stored now. */
  private static String now() {
    return UNVERSIONED
        .formatted(STAGES)
        .replace("\"usage\"", "\"lookedAt\":[],\"usage\"")
        .replace("\"weak\"", "\"marks\":[],\"weak\"");
  }

  @Autowired private CairnHttp http;
  @Autowired private JdbcClient jdbc;

  @Test
  void anAnswerStoredWithoutAVersionIsSentWhole() {
    UUID id = answered();
    store(id, UNVERSIONED.formatted(OLD_STAGES));

    assertThat(sent(id))
        .isEqualTo(
            """
            {"id":"%s","scope":{"corpora":["bills"],\
            "documents":["01980000-0000-7000-8000-000000000001"],"metadata":{"year":1869}},\
            "question":"What is the total?","state":"finished",\
            "createdAt":"2026-01-02T03:04:05Z",%s"""
                .formatted(
                    id,
                    now()
                        .replace("\"sourceDeleted\":false", "\"sourceDeleted\":true")
                        .substring(1)));
  }

  @Test
  void whatIsAbsentOrNullStaysSo() {
    UUID id = answered();
    store(
        id,
        UNVERSIONED
            .formatted(OLD_STAGES)
            .replaceFirst(",\"trace\":.*", "}")
            .replace("\"evidence\":0.75", "\"evidence\":null"));

    assertThat(sent(id))
        .contains("\"answered\":true,\"evidence\":null,")
        .doesNotContain("trace", "conversation", "failure");
  }

  @Test
  void whatIsStoredNowSaysItsVersion() {
    String stored =
        StoredAnswerFormat.write(StoredAnswerFormat.read(UNVERSIONED.formatted(STAGES)));

    assertThat(stored).isEqualTo("{\"version\":3," + now().substring(1));
    assertThat(StoredAnswerFormat.write(StoredAnswerFormat.read(stored))).isEqualTo(stored);
  }

  @Test
  void anAnswerOfALaterVersionIsRefused() {
    assertThatThrownBy(() -> StoredAnswerFormat.read("{\"version\":4}"))
        .hasMessageContaining("version 4");
  }

  private UUID answered() {
    Library library = new Library(http, "asked-versions");
    library.add("bill.txt", "The total is 18 euros. ".repeat(3));
    return UUID.fromString(library.ask("What is the total?", 2).path("id").asString());
  }

  private void store(UUID id, String content) {
    jdbc.sql(
            """
            update answer
            set content = :content, created_at = '2026-01-02T03:04:05Z', state = 'FINISHED',
              scope = '{"corpora":["bills"],"documents":["01980000-0000-7000-8000-000000000001"],\
            "metadata":{"year":1869}}'
            where id = :id
            """)
        .param("content", content)
        .param("id", id)
        .update();
  }

  private String sent(UUID id) {
    return http.get("/api/v1/answers/" + id).response().body();
  }
}
