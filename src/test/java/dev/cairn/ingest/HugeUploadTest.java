package dev.cairn.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cairn.CairnHttp;
import dev.cairn.ServiceProcess;
import dev.cairn.database.PostgresForTests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One line of 1 GiB is uploaded to a service with 256 MB of heap. */
@Tag("slow")
class HugeUploadTest {

  private static final long BYTES = 1L << 30;
  private static final byte[] MEGABYTE = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);

  @TempDir private Path data;

  @Test
  void isTakenInAndExtracted() throws IOException {
    try (ServiceProcess service =
        ServiceProcess.start(
            data, PostgresForTests.createDatabase(), "256m", "--cairn.ingest.upload-limit=2GB")) {
      CairnHttp.Answer answer =
          service
              .http()
              .send(
                  "POST",
                  "/api/v1/corpora/huge/documents",
                  BodyPublishers.ofInputStream(HugeUploadTest::body),
                  "content-type",
                  "multipart/form-data; boundary=b");
      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.body().path("bytes").asLong()).isEqualTo(BYTES);
      await().atMost(Duration.ofMinutes(10)).until(() -> extractedBytes() == BYTES);
      assertThat(service.answers()).isTrue();
    }
  }

  private static InputStream body() {
    String head =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"line.txt\"\r\n\r\n";
    List<InputStream> megabytes =
        Stream.<InputStream>generate(() -> new ByteArrayInputStream(MEGABYTE)).limit(1024).toList();
    InputStream content = new SequenceInputStream(Collections.enumeration(megabytes));
    InputStream start = new ByteArrayInputStream(head.getBytes(StandardCharsets.UTF_8));
    InputStream end = new ByteArrayInputStream("\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8));
    return new SequenceInputStream(Collections.enumeration(List.of(start, content, end)));
  }

  private long extractedBytes() throws IOException {
    try (Stream<Path> files = Files.walk(data.resolve("blobs/documents"))) {
      Path text = files.filter(file -> file.endsWith("text")).findAny().orElse(null);
      return text == null ? 0 : Files.size(text);
    }
  }
}
