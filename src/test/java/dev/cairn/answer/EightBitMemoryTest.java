package dev.cairn.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import dev.cairn.model.KvFormat;
import dev.cairn.segment.SegmentFile;
import dev.cairn.segment.SegmentSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Keys and values stored in eight bits are encoded, kept, read and cited like others. */
@CairnTest
@TestPropertySource(properties = "cairn.memory.kv-format=INT8")
class EightBitMemoryTest {

  /** Keys and values of one chunk of the tiny checkpoint in eight bits. */
  private static final int CHUNK_BYTES = 512;

  @Autowired private CairnHttp http;
  @Autowired private JdbcClient jdbc;

  @Value("${cairn.data}")
  private Path data;

  @Test
  void itIsAnsweredFrom() throws IOException {
    Library library = new Library(http, "asked-in-eight-bits");
    String document = library.add("a.txt", "The gate code is 7319 and the room is 5. ".repeat(20));

    JsonNode cold = library.ask("What is the gate code?", 16);
    JsonNode warm = library.ask("What is the gate code?", 16);

    assertThat(cold.path("citations").size()).isPositive();
    assertThat(warm.path("text")).isEqualTo(cold.path("text"));
    assertThat(warm.path("citations")).isEqualTo(cold.path("citations"));
    JsonNode read = cold.path("report");
    assertThat(read.path("bytesRead").path("disk").asLong() % CHUNK_BYTES).isZero();
    assertThat(warm.path("report").path("distinctChunksByTier").path("disk").asInt()).isZero();
    assertThat(warm.path("report").path("hitRate").asDouble()).isEqualTo(1);
    try (SegmentFile file = SegmentFile.open(segment(document))) {
      SegmentSummary summary = file.summary();
      assertThat(summary.shape().kvFormat()).isEqualTo(KvFormat.INT8);
      assertThat(summary.intact()).isTrue();
    }
  }

  private Path segment(String document) {
    String key =
        jdbc.sql(
                """
                select s.blob_key from segment s join stretch t on t.id = s.stretch_id
                join encoding e on e.id = t.encoding_id where e.document_id = :document
                """)
            .param("document", UUID.fromString(document))
            .query(String.class)
            .single();
    return data.resolve("blobs").resolve(key);
  }
}
