package dev.cairn.ingest;

import dev.cairn.safetensors.SafetensorsFile;
import dev.cairn.safetensors.TensorEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The published segments of a data folder and its catalogue. */
final class Manifest {

  /** Checksums that also cover whose segment it is. */
  private static final String SEALS = "part_crc32c";

  private final JdbcClient jdbc;
  private final Path blobs;

  Manifest(JdbcClient jdbc, Path data) {
    this.jdbc = jdbc;
    this.blobs = data.resolve("blobs");
  }

  /** A published stretch and the attempts that were made at it. */
  record Row(
      int ordinal,
      int attempt,
      int attempts,
      String blobKey,
      String sha256,
      OffsetDateTime createdAt) {}

  /** By ordinal. */
  List<Row> rows(String documentId, int generation) {
    return jdbc.sql(
            """
            select s.ordinal, g.attempt, s.attempt as attempts, g.blob_key, g.sha256, g.created_at
            from segment g join stretch s on s.id = g.stretch_id
            join encoding e on e.id = s.encoding_id
            where e.document_id = cast(:document as uuid) and e.generation = :generation
            order by s.ordinal
            """)
        .param("document", documentId)
        .param("generation", generation)
        .query(Row.class)
        .list();
  }

  /**
   * The SHA-256 of each tensor, the segments joined along their chunks; what tells one generation
   * from another is left out.
   */
  Map<String, String> tensors(List<Row> rows) throws IOException {
    Map<String, MessageDigest> digests = new TreeMap<>();
    for (Row row : rows) {
      try (SafetensorsFile file = SafetensorsFile.open(blobs.resolve(row.blobKey()))) {
        for (TensorEntry tensor : file.header().tensors().values()) {
          ByteBuffer bytes = ByteBuffer.allocate((int) tensor.length());
          file.read(tensor, bytes);
          digests.computeIfAbsent(tensor.name(), name -> sha256()).update(bytes.flip());
        }
      }
    }
    digests.remove(SEALS);
    return digests.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, entry -> HexFormat.of().formatHex(entry.getValue().digest())));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The files of segments that lie in the store, by key. */
  List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(blobs.resolve("segments"))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> blobs.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
