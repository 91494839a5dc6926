package dev.cairn.ingest;

import dev.cairn.catalogue.BlobKeys;
import dev.cairn.catalogue.Document;
import dev.cairn.job.StopSignal;
import dev.cairn.segment.Fingerprint;
import dev.cairn.store.BlobExistsException;
import dev.cairn.store.BlobStore;
import dev.cairn.store.StagedBlob;
import dev.cairn.tokenizer.TextTokenizer;
import dev.cairn.tokenizer.Tokens;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;

/**
 * Stores the tokens of a document's text, of any length in the tokenizer's memory and 16 bytes a
 * token of one of its pieces.
 */
@Component
class WriteTokens {

  private final BlobStore store;
  private final TextTokenizer tokenizer;
  private final Fingerprint fingerprint;

  WriteTokens(BlobStore store, TextTokenizer tokenizer, Fingerprint fingerprint) {
    this.store = store;
    this.tokenizer = tokenizer;
    this.fingerprint = fingerprint;
  }

  /** Returns how many there are. */
  long write(Document document, StopSignal stop) throws IOException {
    try (StagedBlob tokens = store.stage();
        Reader text = text(document)) {
      tokenizer.tokenize(
          text,
          piece -> {
            stop.check();
            append(piece, tokens);
          });
      publish(tokens, key(document));
      return tokens.length() / TokenFile.TOKEN_BYTES;
    }
  }

  void remove(Document document) throws IOException {
    store.delete(key(document));
  }

  private String key(Document document) {
    return BlobKeys.tokens(document.tenantId(), document.id(), fingerprint);
  }

  private Reader text(Document document) throws IOException {
    return new InputStreamReader(store.stream(BlobKeys.text(document)), StandardCharsets.UTF_8);
  }

  private static void append(Tokens piece, StagedBlob target) {
    ByteBuffer bytes = ByteBuffer.allocate(piece.count() * TokenFile.TOKEN_BYTES);
    for (int i = 0; i < piece.count(); i++) {
      bytes.putInt(piece.ids()[i]).putLong(piece.charStart()[i]).putInt(piece.charLength()[i]);
    }
    try {
      target.write(bytes.flip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tokens that an extraction cut short may have left are replaced. */
  private void publish(StagedBlob tokens, String key) throws IOException {
    store.delete(key);
    try {
      tokens.publish(key);
    } catch (BlobExistsException e) {
      // Another worker made the same tokens of the same text at the same time.
    }
  }
}
