package dev.cairn.ingest;

import dev.cairn.catalogue.BlobKeys;
import dev.cairn.catalogue.Document;
import dev.cairn.job.StopSignal;
import dev.cairn.model.KvFormat;
import dev.cairn.segment.Fingerprint;
import dev.cairn.store.BlobStore;
import dev.cairn.store.LocalBlobStore;
import dev.cairn.store.StagedBlob;
import dev.cairn.text.DocumentText;
import dev.cairn.tokenizer.TextTokenizer;
import dev.cairn.tokenizer.Tokens;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/** Extracts texts and tokens without a catalogue. */
final class Extracting {

  static final StopSignal GO_ON = () -> false;

  private static final Fingerprint FINGERPRINT =
      new Fingerprint("f".repeat(64), "a".repeat(64), 8, 1024, KvFormat.BF16);

  final BlobStore store;
  private final ExtractText extractText;

  Extracting(Path folder) throws IOException {
    store = new LocalBlobStore(folder);
    extractText = new ExtractText(store);
  }

  /** A document whose bytes are stored and which was not extracted yet. */
  Document upload(Format format, byte[] bytes) throws IOException {
    Document document = document(format, bytes.length);
    try (StagedBlob blob = store.stage()) {
      blob.write(ByteBuffer.wrap(bytes));
      blob.publish(BlobKeys.original(document));
    }
    return document;
  }

  static Document document(Format format, long length) {
    return new Document(
        UUID.randomUUID(),
        UUID.randomUUID(),
        "0".repeat(64),
        format.mediaType(),
        length,
        Document.State.EXTRACTING,
        null,
        null,
        null,
        0,
        0,
        Instant.EPOCH);
  }

  ExtractedText extract(Document document) throws IOException {
    return extractText.extract(document, GO_ON);
  }

  ExtractedText extract(Document document, StopSignal stop) throws IOException {
    return extractText.extract(document, stop);
  }

  /** The text of at most one range. */
  String text(Document document) throws IOException {
    try (DocumentText text = DocumentText.open(store, document)) {
      return text.read(0, text.length());
    }
  }

  Tokens tokens(Document document, TextTokenizer tokenizer) throws IOException {
    long count = new WriteTokens(store, tokenizer, FINGERPRINT).write(document, GO_ON);
    String key = BlobKeys.tokens(document.tenantId(), document.id(), FINGERPRINT);
    try (TokenFile file = TokenFile.open(store, key)) {
      return file.read(0, Math.toIntExact(count));
    }
  }
}
