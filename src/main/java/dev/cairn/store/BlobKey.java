package dev.cairn.store;

import java.util.regex.Pattern;

/** What a key may look like. No segment begins with a dot, so none leads out of the store. */
final class BlobKey {

  private static final int MAX_LENGTH = 1_024;

  private static final String SEGMENT = "[a-z0-9_-][a-z0-9._-]{0,254}";

  private static final Pattern KEY = Pattern.compile(SEGMENT + "(/" + SEGMENT + ")*");

  private static final Pattern PREFIX = Pattern.compile("(" + SEGMENT + "/)*(" + SEGMENT + ")?");

  private BlobKey() {}

  static String check(String key) {
    return check(key, KEY, "key");
  }

  static String checkPrefix(String prefix) {
    return check(prefix, PREFIX, "prefix");
  }

  private static String check(String text, Pattern form, String what) {
    if (text.length() > MAX_LENGTH || !form.matcher(text).matches()) {
      throw new IllegalArgumentException("not a blob %s: \"%s\"".formatted(what, text));
    }
    return text;
  }
}
