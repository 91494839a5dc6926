package dev.cairn.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of tokens: 10240, 10K (thousand) or 32M (million). */
final class TokenCount implements ITypeConverter<Long> {

  private static final Pattern FORM = Pattern.compile("0*([1-9]\\d{0,8})([KM]?)");

  @Override
  public Long convert(String value) {
    Matcher matcher = FORM.matcher(value);
    if (!matcher.matches()) {
      throw new TypeConversionException("'" + value + "' is no number of tokens like 10K or 32M");
    }
    long unit =
        switch (matcher.group(2)) {
          case "K" -> 1_000;
          case "M" -> 1_000_000;
          default -> 1;
        };
    return Long.parseLong(matcher.group(1)) * unit;
  }
}
