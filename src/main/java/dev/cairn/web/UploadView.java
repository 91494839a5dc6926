package dev.cairn.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.cairn.corpus.MembershipStatus;
import dev.cairn.ingest.AcceptedUpload;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What came of an upload, beside the document in its corpus.
 *
 * @param note what else to know of it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record UploadView(
    @JsonUnwrapped MembershipStatus membership, Change change, @Nullable String note) {

  /** What an upload changed: bytes that are new, a corpus that known bytes joined, or nothing. */
  enum Change {
    UPLOADED,
    JOINED,
    NONE;

    @JsonValue
    String json() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static UploadView of(AcceptedUpload accepted, MembershipStatus membership) {
    if (!accepted.joined()) {
      return new UploadView(membership, Change.NONE, unchanged(membership));
    }
    return new UploadView(membership, accepted.created() ? Change.UPLOADED : Change.JOINED, null);
  }

  private static String unchanged(MembershipStatus membership) {
    return "Nothing changed: %s holds these bytes already, as %s, whose title and metadata stay."
        .formatted(membership.corpus(), membership.title());
  }
}
