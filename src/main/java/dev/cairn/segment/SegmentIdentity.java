package dev.cairn.segment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Whose keys and values a segment holds. It stands in the file, so that a file under another's name
 * is never read.
 *
 * @param stretch ordinal of the stretch in its document, from 0
 * @param fingerprint lower-case hex
 * @param generation of the encoding
 */
public record SegmentIdentity(
    UUID tenant, UUID document, int stretch, String fingerprint, int generation) {

  static SegmentIdentity of(SegmentRef ref) {
    return new SegmentIdentity(
        ref.tenantId(), ref.documentId(), ref.ordinal(), ref.fingerprint(), ref.generation());
  }

  /** As it stands in the file. */
  Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("tenant", tenant.toString());
    metadata.put("document", document.toString());
    metadata.put("stretch", Integer.toString(stretch));
    metadata.put("fingerprint", fingerprint);
    metadata.put("generation", Integer.toString(generation));
    return metadata;
  }

  /**
   * @throws IllegalArgumentException when a value is missing or not of its form
   */
  static SegmentIdentity parse(Map<String, String> metadata) {
    return new SegmentIdentity(
        UUID.fromString(metadata.getOrDefault("tenant", "")),
        UUID.fromString(metadata.getOrDefault("document", "")),
        Integer.parseInt(metadata.getOrDefault("stretch", "")),
        metadata.getOrDefault("fingerprint", ""),
        Integer.parseInt(metadata.getOrDefault("generation", "")));
  }
}
