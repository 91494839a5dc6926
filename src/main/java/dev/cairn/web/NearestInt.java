package dev.cairn.web;

import java.math.BigInteger;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Reads a whole number of any size as the nearest int, so that one that is far too large is checked
 * like one that is a little too large.
 */
public final class NearestInt extends StdScalarDeserializer<Integer> {

  private static final BigInteger LEAST = BigInteger.valueOf(Integer.MIN_VALUE);
  private static final BigInteger MOST = BigInteger.valueOf(Integer.MAX_VALUE);

  public NearestInt() {
    super(Integer.class);
  }

  @Override
  public Integer deserialize(JsonParser parser, DeserializationContext context) {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw MismatchedInputException.from(parser, BigInteger.class, "no whole number");
    }
    return parser.getBigIntegerValue().max(LEAST).min(MOST).intValue();
  }
}
