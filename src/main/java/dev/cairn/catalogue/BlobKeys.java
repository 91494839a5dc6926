package dev.cairn.catalogue;

import dev.cairn.segment.Fingerprint;
import java.util.UUID;

/** Where the blobs of a document lie in the store. Names hold ids only, never a title. */
public final class BlobKeys {

  private static final int SHORT_HASH = 16;

  private BlobKeys() {}

  /** The uploaded bytes. */
  public static String original(Document document) {
    return documentFolder(document.tenantId(), document.id()) + "original";
  }

  /** The extracted text, UTF-8. */
  public static String text(Document document) {
    return documentFolder(document.tenantId(), document.id()) + "text";
  }

  /** Byte offsets into the text. */
  public static String textIndex(Document document) {
    return documentFolder(document.tenantId(), document.id()) + "text-index";
  }

  /** Its tokens under one tokenizer: another tokenizer never finds them. */
  public static String tokens(UUID tenantId, UUID documentId, Fingerprint fingerprint) {
    return documentFolder(tenantId, documentId)
        + "tokens-"
        + fingerprint.tokenizerSha256().substring(0, SHORT_HASH);
  }

  /** The segment that a claim makes; each attempt has its own. */
  public static String segment(StretchClaim claim) {
    return segmentFolder(
            claim.tenantId(), claim.documentId(), claim.fingerprint(), claim.generation())
        + "%d-a%d.safetensors".formatted(claim.ordinal(), claim.attempt());
  }

  static String documentFolder(UUID tenantId, UUID documentId) {
    return "documents/%s/%s/".formatted(tenantId, documentId);
  }

  static String segmentFolder(UUID tenantId, UUID documentId) {
    return "segments/%s/%s/".formatted(tenantId, documentId);
  }

  static String segmentFolder(UUID tenantId, UUID documentId, String fingerprint, int generation) {
    return "%s%s-g%d/"
        .formatted(
            segmentFolder(tenantId, documentId), fingerprint.substring(0, SHORT_HASH), generation);
  }
}
