package dev.cairn.ingest;

/** What a client says a file is called. */
public final class FileName {

  private static final String NAMELESS = "Untitled";

  private FileName() {}

  /** The name as sent without its path and control characters, its quotation marks restored. */
  public static String title(String name) {
    String last = name.substring(1 + Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')));
    String visible = unescaped(last).replaceAll("\\p{Cntrl}", "").strip();
    return visible.isEmpty() ? NAMELESS : visible;
  }

  /**
   * In a form, browsers and most clients percent-encode what would end a name, and nothing else.
   */
  private static String unescaped(String name) {
    return name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
  }
}
