package dev.cairn.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where a server is: {@code https://cairn.example/team}, or {@code localhost:8080} for short. */
final class ServerAddress implements ITypeConverter<URI> {

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");
  private static final Pattern HTTP = Pattern.compile("(?i)https?");
  private static final int MOST_PORT = 65_535;

  @Override
  public URI convert(String value) {
    String text = value.strip();
    try {
      URI address = new URI(SCHEME.matcher(text).matches() ? text : "http://" + text);
      if (isUsable(address)) {
        return address;
      }
    } catch (URISyntaxException e) {
      throw refused(value, e);
    }
    throw refused(value, null);
  }

  private static boolean isUsable(URI address) {
    return HTTP.matcher(address.getScheme()).matches()
        && address.getHost() != null
        && address.getPort() <= MOST_PORT
        && address.getQuery() == null
        && address.getFragment() == null;
  }

  private static TypeConversionException refused(String value, @Nullable Throwable cause) {
    var refused =
        new TypeConversionException(
            "'%s' is no address of a server: name one like http://localhost:8080 or cairn.example"
                .formatted(value));
    refused.initCause(cause);
    return refused;
  }
}
