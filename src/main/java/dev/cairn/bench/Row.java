package dev.cairn.bench;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One measurement.
 *
 * @param unit of the value
 * @param ratio to the baseline that {@code ratioOf} names; null when there is none
 */
@JsonInclude(NON_NULL)
public record Row(
    String what, Spread value, String unit, @Nullable Spread ratio, @Nullable String ratioOf) {

  static Row of(String what, Spread value, String unit) {
    return new Row(what, value, unit, null, null);
  }

  Row with(Spread ratio, String ratioOf) {
    return new Row(what, value, unit, ratio, ratioOf);
  }
}
