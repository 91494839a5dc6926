package dev.cairn.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cairn.CairnApplication;
import dev.cairn.CairnHttp;
import dev.cairn.ServiceArguments;
import dev.cairn.catalogue.Segments;
import dev.cairn.database.PostgresForTests;
import dev.cairn.ingest.Uploading;
import dev.cairn.segment.SegmentRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.NIOFSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** No question is asked here. */
class IndexWordsTest {

  private static final byte[] TEXT =
      "An owl sits here. ".repeat(60).getBytes(StandardCharsets.UTF_8);

  private final String database = PostgresForTests.createDatabase();

  @TempDir private Path data;

  @Test
  void allSegmentsAreIndexedSoonAfterTheyArePublishedAndAfterTheFolderWasLost() throws IOException {
    List<UUID> segments;
    try (ConfigurableApplicationContext service = start()) {
      new Uploading(service.getBean(CairnHttp.class)).finished("owls", "owls.txt", TEXT);
      segments =
          service.getBean(Segments.class).live().stream().map(SegmentRef::segmentId).toList();
      assertThat(segments).hasSizeGreaterThan(1);
      assertIndexedSoon(segments);
    }
    FileSystemUtils.deleteRecursively(data.resolve("lexical"));
    try (ConfigurableApplicationContext service = start()) {
      assertThat(service.isRunning()).isTrue();
      assertIndexedSoon(segments);
    }
  }

  private ConfigurableApplicationContext start() {
    return new SpringApplicationBuilder(CairnApplication.class, CairnHttp.class)
        .run(
            ServiceArguments.of(
                database,
                data,
                0,
                "--cairn.memory.chunks-per-stretch=4",
                "--cairn.memory.sweep-interval=50ms"));
  }

  private void assertIndexedSoon(List<UUID> segments) {
    await().untilAsserted(() -> assertThat(segments).allMatch(this::isIndexed));
  }

  private boolean isIndexed(UUID segment) {
    try (NIOFSDirectory index =
        new NIOFSDirectory(data.resolve("lexical").resolve(segment.toString()))) {
      return DirectoryReader.indexExists(index);
    } catch (IOException e) {
      return false;
    }
  }
}
