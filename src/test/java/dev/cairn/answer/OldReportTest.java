package dev.cairn.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** An answer that was kept before reports told tiers apart is still read. */
@CairnTest
class OldReportTest {

  private static final String NEW =
      "\"distinctChunksByTier\":\\{\"ram\":\\d+,\"disk\":\\d+},\"bytesRead\":\\{\"ram\":\\d+,"
          + "\"disk\":(\\d+)},\"hitRate\":[^,]+";

  @Autowired private CairnHttp http;
  @Autowired private JdbcClient jdbc;

  @Test
  void itsReadsCameFromTheDisk() throws IOException {
    Library library = new Library(http, "asked-before-tiers");
    library.add(
        "a.txt", "The \"distinctChunksRead\":1,\"bytesRead\":{\"disk\":2} is text. ".repeat(3));
    JsonNode answer = library.ask("What is text?", 4);
    UUID id = UUID.fromString(answer.path("id").asString());
    makeOld(id);

    migrate();

    CairnHttp.Answer kept = http.get("/api/v1/answers/" + id);
    assertThat(kept.status()).isEqualTo(200);
    assertThat(kept.body().path("citations")).isEqualTo(answer.path("citations"));
    JsonNode report = kept.body().path("report");
    assertThat(report.path("distinctChunksByTier").path("disk"))
        .isEqualTo(report.path("distinctChunksRead"));
    assertThat(report.path("bytesRead").path("disk"))
        .isEqualTo(answer.path("report").path("bytesRead").path("disk"));
    assertThat(report.path("hitRate").asDouble()).isZero();
  }

  private void makeOld(UUID id) {
    String content =
        jdbc.sql("select content from answer where id = :id")
            .param("id", id)
            .query(String.class)
            .single();
    String old = content.replaceFirst(NEW, "\"bytesRead\":{\"disk\":$1}");
    assertThat(old).isNotEqualTo(content);
    jdbc.sql("update answer set content = :old where id = :id")
        .param("old", old)
        .param("id", id)
        .update();
  }

  private void migrate() throws IOException {
    String sql =
        new ClassPathResource("db/migration/V5__report_reads_by_tier.sql")
            .getContentAsString(StandardCharsets.UTF_8);
    jdbc.sql(sql.substring(sql.indexOf("update"))).update();
  }
}
