package dev.cairn.store;

import java.io.IOException;

/** The key is taken. Blobs are never overwritten. */
public final class BlobExistsException extends IOException {

  private static final long serialVersionUID = 1;

  public BlobExistsException(String key) {
    super("blob " + key + " exists already");
  }
}
