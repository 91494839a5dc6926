package dev.cairn.recall;

import dev.cairn.catalogue.VisibleDocument;
import dev.cairn.segment.Fingerprint;
import dev.cairn.segment.SegmentContent;
import dev.cairn.segment.SegmentIdentity;
import dev.cairn.segment.SegmentManifest;
import dev.cairn.segment.SegmentRef;
import dev.cairn.segment.SegmentShape;
import dev.cairn.store.BlobStore;
import dev.cairn.store.StagedBlob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A made-up document whose segments lie in a blob store. */
record StoredDocument(VisibleDocument document, List<SegmentContent> contents) {

  private static final UUID TENANT = new UUID(0, 1);

  /** Cuts the chunks into segments of at most 1,024; the last chunk holds one token. */
  static StoredDocument store(BlobStore store, SegmentShape shape, int chunks, long seed)
      throws IOException {
    UUID id = UUID.randomUUID();
    List<SegmentRef> refs = new ArrayList<>();
    List<SegmentContent> contents = new ArrayList<>();
    for (int first = 0; first < chunks; first += Fingerprint.CHUNKS_PER_STRETCH) {
      int count = Math.min(Fingerprint.CHUNKS_PER_STRETCH, chunks - first);
      int lastValid = first + count == chunks ? 1 : shape.form().size();
      SegmentContent content =
          SegmentContent.random(withChunks(shape, count), lastValid, seed * 1_000 + first);
      refs.add(publish(store, content, id, refs.size()));
      contents.add(content);
    }
    return new StoredDocument(new VisibleDocument(id, "title " + seed, 1, refs), contents);
  }

  /** A document of one segment. */
  static StoredDocument store(BlobStore store, SegmentContent content) throws IOException {
    UUID id = UUID.randomUUID();
    List<SegmentRef> refs = List.of(publish(store, content, id, 0));
    return new StoredDocument(new VisibleDocument(id, "title", 1, refs), List.of(content));
  }

  private static SegmentShape withChunks(SegmentShape shape, int chunks) {
    return new SegmentShape(chunks, shape.form(), shape.sentenceDim(), shape.kvFormat());
  }

  private static SegmentRef publish(
      BlobStore store, SegmentContent content, UUID document, int ordinal) throws IOException {
    SegmentIdentity identity = new SegmentIdentity(TENANT, document, ordinal, "f".repeat(64), 1);
    String key = "segments/%s/%d".formatted(document, ordinal);
    try (StagedBlob blob = store.stage()) {
      SegmentManifest manifest = content.write(blob, identity);
      blob.publish(key);
      return SegmentRef.of(identity, manifest, key);
    }
  }

  SegmentRef segment(int ordinal) {
    return document.segments().get(ordinal);
  }

  /** All landmarks, by chunk. */
  List<float[]> landmarks() {
    List<float[]> all = new ArrayList<>();
    for (SegmentContent content : contents) {
      for (int chunk = 0; chunk < content.shape().chunks(); chunk++) {
        all.add(content.landmark(chunk));
      }
    }
    return all;
  }

  /** All sentence landmarks, by chunk. */
  List<float[]> sentences() {
    return contents.stream().flatMap(content -> List.of(content.sentences()).stream()).toList();
  }
}
