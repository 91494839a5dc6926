package dev.cairn.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A segment that was damaged after it was written is never read from. */
@CairnTest
class DamagedSegmentTest {

  /** Keys and values of one chunk of the tiny checkpoint. */
  private static final int CHUNK_BYTES = 1024;

  @Autowired private CairnHttp http;
  @Autowired private JdbcClient jdbc;

  @Value("${cairn.data}")
  private Path data;

  @Test
  void theQuestionIsAnsweredOnceMoreWithoutTheDamagedDocument() throws IOException {
    Library library = new Library(http, "asked-damaged");
    String sound = library.add("sound.txt", "The sound total is 18 euros. ".repeat(3));
    String damaged = library.add("damaged.txt", "The damaged total is 25 euros. ".repeat(3));
    damageEveryChunk(damaged);

    JsonNode answer = library.ask("What is the total?", 16);

    assertThat(answer.path("leftOut").size()).isOne();
    assertThat(answer.path("leftOut").path(0).path("documentId").asString()).isEqualTo(damaged);
    assertThat(answer.path("leftOut").path(0).path("reason").asString()).isEqualTo("corrupt");
    assertThat(answer.path("citations"))
        .allMatch(citation -> citation.path("documentId").asString().equals(sound));
    assertThat(stage(damaged)).isEqualTo("corrupt");
    assertThat(stage(sound)).isEqualTo("ready");
  }

  @Test
  void aCorpusOfNothingElseIsNotReady() throws IOException {
    Library library = new Library(http, "asked-all-damaged");
    for (int i = 0; i < 3; i++) {
      damageEveryChunk(library.add("damaged.txt", "Total %d is lost. ".formatted(i).repeat(5)));
    }

    CairnHttp.Answer refused = library.post(Map.of("question", "What is the total?"));

    assertThat(refused.code()).isEqualTo("corpus_not_ready");
    assertThat(refused.body().path("detail").asString()).contains("corrupt");
    JsonNode kept = http.get("/api/v1/answers?limit=1").body().path("items").path(0);
    assertThat(kept.path("state").asString()).isEqualTo("failed");
    assertThat(kept.path("failure").path("code").asString()).isEqualTo("corpus_not_ready");
  }

  private String stage(String document) {
    return http.get("/api/v1/documents/" + document).body().path("stage").asString();
  }

  private record Segment(String blobKey, int chunks) {}

  /** Flips a bit of every chunk's keys and values, which follow the file's header. */
  private void damageEveryChunk(String document) throws IOException {
    Segment segment = segment(document);
    Path path = data.resolve("blobs").resolve(segment.blobKey());
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      file.read(length, 0);
      long first = Long.BYTES + length.getLong(0);
      for (int chunk = 0; chunk < segment.chunks(); chunk++) {
        flipBit(file, first + (long) chunk * CHUNK_BYTES);
      }
    }
  }

  private static void flipBit(FileChannel file, long position) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    file.read(one, position);
    one.put(0, (byte) (one.get(0) ^ 1));
    file.write(one.flip(), position);
  }

  private Segment segment(String document) {
    return jdbc.sql(
            """
            select s.blob_key, s.chunks from segment s join stretch t on t.id = s.stretch_id
            join encoding e on e.id = t.encoding_id where e.document_id = :document
            """)
        .param("document", UUID.fromString(document))
        .query(Segment.class)
        .single();
  }
}
