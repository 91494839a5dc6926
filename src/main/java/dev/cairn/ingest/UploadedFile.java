package dev.cairn.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamSource;

/**
 * A file that a client sent.
 *
 * @param name as the client named it; may be empty
 * @param mediaType as the client says; null when it says nothing
 * @param length bytes
 * @param title under which it joins the corpus
 */
public record UploadedFile(
    String name,
    @Nullable String mediaType,
    long length,
    InputStreamSource content,
    String title,
    Map<String, Object> metadata) {

  byte[] head(int bytes) throws IOException {
    try (InputStream stream = content.getInputStream()) {
      return stream.readNBytes(bytes);
    }
  }
}
