package dev.cairn.ingest;

/** What a client says a file is called. */
public final class FileName {

  private static final String NAMELESS = "Untitled";

  private FileName() {}

  /** The name as sent without its path and control characters. */
  public static String title(String name) {
    String last = name.substring(1 + Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')));
    String visible = last.replaceAll("\\p{Cntrl}", "").strip();
    return visible.isEmpty() ? NAMELESS : visible;
  }
}
