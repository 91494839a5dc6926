package dev.cairn.catalogue;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a document is on its way from bytes to stored chunks, in one word. */
public enum DocumentStage {
  UPLOADED,
  EXTRACTING,
  QUEUED,
  ENCODING,
  READY,
  /** It is encoded under another fingerprint than the loaded one. */
  STALE,
  EVICTED,
  CORRUPT,
  CANCELLED,
  FAILED;

  /** On its way to {@link #READY}. */
  boolean isUnderWay() {
    return compareTo(READY) < 0;
  }

  @JsonValue
  public String json() {
    return name().toLowerCase(Locale.ROOT);
  }
}
