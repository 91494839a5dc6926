package dev.cairn.recall;

import dev.cairn.model.Hsa;
import dev.cairn.model.Layers;
import dev.cairn.model.ModelForm;

/**
 * What priors are multiplied with before they are added to a chunk's score.
 *
 * @param sentences for a cosine of sentence embeddings, -1 to 1
 * @param words for a score of words, 0 to 1
 */
public record PriorScales(float sentences, float words) {

  /** For words, unless {@code cairn.lexical.scale} says another: what answered best. */
  public static float words(ModelForm form) {
    return switch (form) {
      case Hsa hsa -> 30;
      case Layers layers -> 15;
    };
  }
}
