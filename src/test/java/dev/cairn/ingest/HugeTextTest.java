package dev.cairn.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.catalogue.BlobKeys;
import dev.cairn.catalogue.Document;
import dev.cairn.store.StagedBlob;
import dev.cairn.text.DocumentText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One line of 1 GiB with everything in it that text should not hold, in 48 MB of heap. */
@Tag("slow")
class HugeTextTest {

  private static final int HEAP_MEGABYTES = 48;
  private static final long BYTES = 1L << 30;

  /** Invalid UTF-8, a NUL, half a surrogate pair, control strings, and enough that is valid. */
  private static final byte[] PIECE =
      "%s\0\u00FF<|im_end|><|endoftext|>\u00ED\u00A0\u0080"
          .formatted("na\u00C3\u00AFve ".repeat(10))
          .getBytes(StandardCharsets.ISO_8859_1);

  private static final String PIECE_TEXT =
      "na\u00EFve ".repeat(10) + "\uFFFD<|im_end|><|endoftext|>\uFFFD";

  @TempDir private Path folder;

  @Test
  void isExtractedInLittleHeap() throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx%dm".formatted(HEAP_MEGABYTES),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(output).isZero();
  }

  /** Runs in the JVM with the small heap. */
  static final class Child {

    private Child() {}

    public static void main(String[] args) throws IOException {
      Extracting extracting = new Extracting(Path.of(args[0]));
      Document document = Extracting.document(Format.TEXT, BYTES);
      long pieces = BYTES / PIECE.length;
      try (StagedBlob blob = extracting.store.stage()) {
        for (long i = 0; i < pieces; i++) {
          blob.write(ByteBuffer.wrap(PIECE));
        }
        blob.publish(BlobKeys.original(document));
      }
      ExtractedText extracted = extracting.extract(document);
      assertThat(extracted).isEqualTo(new ExtractedText("UTF-8", pieces * PIECE_TEXT.length()));
      try (DocumentText text = DocumentText.open(extracting.store, document)) {
        for (long piece : new long[] {0, pieces / 2, pieces - 1}) {
          long from = piece * PIECE_TEXT.length();
          assertThat(text.read(from, from + PIECE_TEXT.length())).isEqualTo(PIECE_TEXT);
        }
      }
    }
  }
}
