package dev.cairn.database;

import org.jspecify.annotations.Nullable;

/** The embedded database cannot run, and what to do about it. */
final class DatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1;

  DatabaseException(String message) {
    super(message);
  }

  DatabaseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
