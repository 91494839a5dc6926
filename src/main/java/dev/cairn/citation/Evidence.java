package dev.cairn.citation;

import dev.cairn.model.GeneratedToken;
import dev.cairn.model.Hsa;
import dev.cairn.model.Layers;
import dev.cairn.model.ModelForm;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What speaks for an answer. Of a model of the form HSA: how well what it read fits the question,
 * times how much of it stands in the first passage that it cites.
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

  /** Tokens of an answer whose probabilities count: what comes later was told already. */
  public static final int WEIGHED_TOKENS = 8;

  /**
   * Of a model that is asked what it would say where the documents do not say: how unlikely that
   * is, times the geometric mean of the probabilities of the answer's first tokens.
   *
   * @param abstention probability of the abstention as a whole
   * @param tokens the answer's, as far as they are written
   */
  public static double of(float abstention, List<GeneratedToken> tokens) {
    double mean =
        tokens.stream()
            .limit(WEIGHED_TOKENS)
            .mapToDouble(GeneratedToken::logProbability)
            .average()
            .orElse(0);
    return (1 - abstention) * Math.exp(mean);
  }

  /** What an answer needs unless a setting or a question says another; see docs/evaluation.md. */
  public static double least(ModelForm form) {
    return switch (form) {
      case Hsa hsa -> 0.35;
      case Layers layers -> layers.prompt().taught() ? 0.85 : 0.5;
    };
  }

  /**
   * @param least evidence that an answer needs
   */
  public static boolean isTooLittle(@Nullable Double evidence, double least) {
    return evidence != null && evidence < least;
  }
}
