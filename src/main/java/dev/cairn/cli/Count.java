package dev.cairn.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of things of which there must be one. */
final class Count implements ITypeConverter<Integer> {

  @Override
  public Integer convert(String value) {
    try {
      int count = Integer.parseInt(value);
      if (count > 0) {
        return count;
      }
    } catch (NumberFormatException e) {
      throw refused(value);
    }
    throw refused(value);
  }

  private static TypeConversionException refused(String value) {
    return new TypeConversionException("'%s' is no number above 0".formatted(value));
  }
}
