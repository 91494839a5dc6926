package dev.cairn.citation;

import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What speaks for an answer: how well what it read fits the question, times how much of it stands
 * in the first passage that it cites.
 *
 * <p>The fit is the mean of the chunks' cosines to the question (centred sentence embeddings, -1 to
 * 1), each chunk weighted with the attention mass that the answer's tokens gave it. The other
 * factor is {@link ContentWords#support}. Near 1, the answer stands word for word in a passage that
 * speaks of what was asked; 0, none of it stands there, or a number of it does not.
 */
public final class Evidence {

  private Evidence() {}

  /**
   * @param support of the answer by its first passage, 0 to 1
   * @param cosine of a chunk
   * @return null when nothing was read
   */
  public static @Nullable Double of(double support, AnswerMass mass, IntToDoubleFunction cosine) {
    return mass.total() == 0 ? null : support * fit(mass, cosine);
  }

  private static double fit(AnswerMass mass, IntToDoubleFunction cosine) {
    double sum = 0;
    for (var chunk : mass.byChunk().entrySet()) {
      sum += AnswerMass.sum(chunk.getValue()) * cosine.applyAsDouble(chunk.getKey());
    }
    return sum / mass.total();
  }

  /**
   * @param least evidence that an answer needs
   */
  public static boolean isTooLittle(@Nullable Double evidence, double least) {
    return evidence != null && evidence < least;
  }
}
