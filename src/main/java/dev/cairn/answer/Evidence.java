package dev.cairn.answer;

import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How well what an answer read fits the question: the mean of the chunks' cosines to the question
 * (centred sentence embeddings, -1 to 1), each chunk weighted with the attention mass that the
 * answer's tokens gave it. Near 1, the answer came from chunks that speak of what was asked; near
 * 0, from chunks that have nothing to do with it.
 */
final class Evidence {

  private Evidence() {}

  /**
   * @param cosine of a chunk
   * @return null when nothing was read
   */
  static @Nullable Double of(AnswerMass mass, IntToDoubleFunction cosine) {
    if (mass.total() == 0) {
      return null;
    }
    double sum = 0;
    for (var chunk : mass.byChunk().entrySet()) {
      sum += AnswerMass.sum(chunk.getValue()) * cosine.applyAsDouble(chunk.getKey());
    }
    return sum / mass.total();
  }

  /**
   * @param least evidence that an answer needs, or null when it needs none
   */
  static boolean isTooLittle(@Nullable Double evidence, @Nullable Double least) {
    return evidence != null && least != null && evidence < least;
  }
}
