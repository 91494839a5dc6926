package dev.cairn.store;

import java.io.IOException;

/** There is no blob of that key. */
public final class BlobMissingException extends IOException {

  private static final long serialVersionUID = 1;

  public BlobMissingException(String key) {
    super("no blob " + key);
  }
}
