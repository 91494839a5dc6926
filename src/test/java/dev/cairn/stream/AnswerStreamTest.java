package dev.cairn.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import dev.cairn.answer.Library;
import dev.cairn.stream.EventClient.Event;
import dev.cairn.web.ForeignTenant;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

@CairnTest
@TestPropertySource(properties = "cairn.answer.resume-grace=2s")
class AnswerStreamTest {

  private static final String CORPUS = "streamed";
  private static final int TOKENS = 48;
  private static final String QUESTION =
      "{\"question\":\"What is the gate code?\",\"maxTokens\":%d}".formatted(TOKENS);
  private static final int ALL = Integer.MAX_VALUE;

  @Autowired private CairnHttp http;
  @Autowired private JdbcClient jdbc;

  private EventClient client;

  @BeforeEach
  void upload() {
    client = new EventClient(http);
    new Library(http, CORPUS).add("codes.txt", "The gate code is QX-7731. Fee £8.40. ".repeat(30));
  }

  @Test
  void eventsComeInOrderAndGiveTheAnswerThatJsonGives() {
    List<Event> events = client.ask(CORPUS, QUESTION, ALL);

    assertThat(names(events)).matches("retrieval (token )+(citation )+report done ");
    assertThat(events).extracting(Event::answerId).containsOnly(events.getFirst().answerId());
    assertThat(events).extracting(Event::number).isSorted().doesNotHaveDuplicates();
    JsonNode done = events.getLast().data();
    assertThat(EventClient.text(events)).isEqualTo(done.path("text").asString());
    assertThat(done).isEqualTo(stored(events.getFirst()));
    assertThat(done.path("text")).isEqualTo(http.postJson(path(), QUESTION).body().path("text"));
    assertThat(events.getFirst().data().path("chunksVisible"))
        .isEqualTo(done.path("report").path("chunksVisible"));
  }

  private static String names(List<Event> events) {
    StringBuilder names = new StringBuilder();
    events.forEach(event -> names.append(event.name()).append(' '));
    return names.toString();
  }

  private static String path() {
    return "/api/v1/corpora/%s/questions".formatted(CORPUS);
  }

  private JsonNode stored(Event event) {
    return http.get("/api/v1/answers/" + event.answerId()).body();
  }

  @Test
  void aClientThatLeavesStopsTheAnswerWithinTwoTokens() {
    List<Event> events = client.ask(CORPUS, QUESTION, 5);

    await().until(() -> !stored(events.getFirst()).path("state").asString().equals("running"));

    JsonNode answer = stored(events.getFirst());
    assertThat(answer.path("state").asString()).isEqualTo("cancelled");
    assertThat(answer.path("text").asString()).startsWith(EventClient.text(events));
    List<Event> missed = client.resume(events.getLast(), ALL);
    assertThat(EventClient.text(events) + EventClient.text(missed))
        .isEqualTo(answer.path("text").asString());
    assertThat(missed.getLast().data().path("finishReason").asString()).isEqualTo("cancelled");
  }

  @Test
  void aStreamThatIsCutIsTakenUpWhereItWas() {
    cutAndResume(20);
  }

  @Test
  @Tag("slow")
  void twoHundredCutStreamsAreTakenUpWhereTheyWere() {
    cutAndResume(200);
  }

  private void cutAndResume(int cuts) {
    String whole = http.postJson(path(), QUESTION).body().path("text").asString();
    int before = count();
    for (int cut = 0; cut < cuts; cut++) {
      List<Event> events = new ArrayList<>(client.ask(CORPUS, QUESTION, 1 + cut % 12));
      events.addAll(client.resume(events.getLast(), 1 + cut % 5));
      events.addAll(client.resume(events.getLast(), ALL));

      assertThat(EventClient.text(events)).as("cut %d", cut).isEqualTo(whole);
      assertThat(events).extracting(Event::number).isSorted().doesNotHaveDuplicates();
      assertThat(events.getLast().data().path("state").asString()).isEqualTo("finished");
    }
    assertThat(count() - before).isEqualTo(cuts);
  }

  private int count() {
    return jdbc.sql("select count(*) from answer").query(Integer.class).single();
  }

  @Test
  void anEndedAnswerIsReplayedBehindTheLastEvent() {
    List<Event> events = client.ask(CORPUS, QUESTION, ALL);

    for (int i = 0; i < events.size(); i++) {
      List<Event> replayed = new ArrayList<>(events.subList(0, i + 1));
      replayed.addAll(client.resume(events.get(i), ALL));
      assertThat(EventClient.text(replayed)).isEqualTo(EventClient.text(events));
      assertThat(replayed.getLast().id()).isEqualTo(events.getLast().id());
    }
  }

  @Test
  void anotherTenantsStreamIsNotFound() {
    Event last = client.ask(CORPUS, QUESTION, ALL).getLast();
    ForeignTenant.take(jdbc, last.answerId());

    CairnHttp.Answer refused = stream("GET", "/api/v1/answers/" + last.answerId(), "", last.id());

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.code()).isEqualTo("answer_not_found");
  }

  @Test
  void whatIsWrongBeforeTheFirstEventIsAnOrdinaryProblem() {
    assertThat(stream("POST", path(), "{\"question\":\"\"}", "").code())
        .isEqualTo("invalid_request");
    CairnHttp.Answer unknown = stream("POST", "/api/v1/corpora/nowhere/questions", QUESTION, "");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.code()).isEqualTo("corpus_not_found");
  }

  @Test
  void anEventOfAnotherAnswerIsRefused() {
    Event last = client.ask(CORPUS, QUESTION, ALL).getLast();
    String path = "/api/v1/answers/" + last.answerId();

    assertThat(stream("GET", path, "", UUID.randomUUID() + ":1").code())
        .isEqualTo("invalid_request");
  }

  private CairnHttp.Answer stream(String method, String path, String body, String lastEvent) {
    return http.send(
        method,
        path,
        BodyPublishers.ofString(body),
        "accept",
        "text/event-stream",
        "content-type",
        "application/json",
        "last-event-id",
        lastEvent);
  }
}
