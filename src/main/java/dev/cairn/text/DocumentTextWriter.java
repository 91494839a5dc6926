package dev.cairn.text;

import dev.cairn.catalogue.BlobKeys;
import dev.cairn.catalogue.Document;
import dev.cairn.store.BlobExistsException;
import dev.cairn.store.BlobStore;
import dev.cairn.store.StagedBlob;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;

/**
 * Writes the extracted text of a document, of any length, with its index. NUL characters are
 * dropped, all others are kept; what is written must be well-formed UTF-16. Holds 150 KB of heap
 * and 8 bytes for every 65,536 code points. Closing it unpublished discards the text. Used by one
 * thread.
 */
public final class DocumentTextWriter extends Writer {

  private static final int BUFFER_BYTES = 1 << 16;

  private final LongStream.Builder starts = LongStream.builder();
  private final BlobStore store;
  private final StagedBlob text;
  private final Writer encoder;
  private long characters;
  private boolean blank = true;
  private char previous;

  public DocumentTextWriter(BlobStore store) throws IOException {
    this.store = store;
    this.text = store.stage();
    this.encoder =
        new OutputStreamWriter(
            new BufferedOutputStream(Channels.newOutputStream(text), BUFFER_BYTES),
            StandardCharsets.UTF_8);
  }

  /** Code points so far. */
  public long characters() {
    return characters;
  }

  /** Whether nothing but white space and invisible characters was written. */
  public boolean isBlank() {
    return blank;
  }

  @Override
  public void write(char[] buffer, int offset, int length) throws IOException {
    int pending = offset;
    int end = offset + length;
    for (int i = offset; i < end; i++) {
      if (buffer[i] == '\0') {
        encoder.write(buffer, pending, i - pending);
        pending = i + 1;
      } else if (beginsCodePoint(buffer[i]) && characters++ % TextIndex.STEP == 0) {
        encoder.write(buffer, pending, i - pending);
        pending = i;
        noteStart();
      }
    }
    encoder.write(buffer, pending, end - pending);
  }

  private boolean beginsCodePoint(char c) {
    boolean begins = !Character.isSurrogatePair(previous, c);
    previous = c;
    blank = blank && isInvisible(c);
    return begins;
  }

  private static boolean isInvisible(char c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT;
  }

  private void noteStart() throws IOException {
    encoder.flush();
    starts.add(text.length());
  }

  /**
   * Makes the text that of the document. What an extraction that was cut short left is replaced;
   * the text is visible only when its index is.
   */
  public void publish(Document document) throws IOException {
    encoder.flush();
    store.delete(BlobKeys.text(document));
    store.delete(BlobKeys.textIndex(document));
    try (StagedBlob index = store.stage()) {
      index.write(new TextIndex(characters, text.length(), starts.build().toArray()).toBytes());
      publish(index, BlobKeys.textIndex(document));
    }
    publish(text, BlobKeys.text(document));
  }

  private static void publish(StagedBlob blob, String key) throws IOException {
    try {
      blob.publish(key);
    } catch (BlobExistsException e) {
      // Another worker extracted the same bytes at the same time, to the same text.
    }
  }

  @Override
  public void flush() throws IOException {
    encoder.flush();
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
