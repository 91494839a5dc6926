package dev.cairn.problem;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** Recognises a full disk behind an exception. */
public final class DiskFull {

  /** PostgreSQL, appendix A: disk_full. */
  private static final String SQL_STATE = "53100";

  private static final List<String> MESSAGES =
      List.of("No space left on device", "Disk quota exceeded");

  private DiskFull() {}

  public static boolean causes(Throwable exception) {
    return Stream.iterate(exception, cause -> cause != null, Throwable::getCause)
        .limit(20)
        .anyMatch(DiskFull::isOne);
  }

  private static boolean isOne(Throwable cause) {
    if (cause instanceof SQLException sql) {
      return SQL_STATE.equals(sql.getSQLState());
    }
    String message = cause.getMessage();
    return cause instanceof IOException
        && message != null
        && MESSAGES.stream().anyMatch(message::contains);
  }
}
