package dev.cairn.catalogue;

import dev.cairn.segment.Fingerprint;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Makes a generation of a document's encoding, with its stretches. */
@Component
class NewGeneration {

  private final EncodingRows encodings;
  private final StretchRows stretches;
  private final Fingerprint fingerprint;
  private final EncodingSettings settings;
  private final Ids ids;

  NewGeneration(
      EncodingRows encodings,
      StretchRows stretches,
      Fingerprint fingerprint,
      EncodingSettings settings,
      Ids ids) {
    this.encodings = encodings;
    this.stretches = stretches;
    this.fingerprint = fingerprint;
    this.settings = settings;
    this.ids = ids;
  }

  /** To be called in the transaction that holds the document. */
  Encoding make(Document document, int generation) {
    UUID id = ids.next();
    int chunks = Math.min(settings.chunksPerStretch(), fingerprint.chunksPerStretch());
    long length = (long) chunks * fingerprint.chunkTokens();
    int count = Math.toIntExact(Math.ceilDiv(document.tokens(), length));
    encodings.insert(
        id, document.tenantId(), document.id(), fingerprint.sha256(), generation, count);
    UUID[] stretchIds = Stream.generate(ids::next).limit(count).toArray(UUID[]::new);
    stretches.insert(stretchIds, document.tenantId(), id, length, document.tokens());
    return encodings.findById(id).orElseThrow().toEncoding();
  }
}
