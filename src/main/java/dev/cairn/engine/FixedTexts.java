package dev.cairn.engine;

import static dev.cairn.model.Sizes.require;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.model.Hsa;
import dev.cairn.model.Layers;
import dev.cairn.tokenizer.TextTokenizer;

/**
 * The ids of texts that a checkpoint fixes.
 *
 * @param prefix before every document and every prompt
 * @param abstention what the model writes when the documents do not say; none when its probability
 *     says nothing
 */
record FixedTexts(int[] prefix, int[] abstention) {

  /** More would leave no room for a prompt in a step of many answers. */
  private static final int MOST_ABSTENTION = 32;

  FixedTexts {
    require(
        abstention.length <= MOST_ABSTENTION,
        "abstain has %d tokens, at most %d are allowed"
            .formatted(abstention.length, MOST_ABSTENTION));
  }

  static FixedTexts of(Checkpoint checkpoint) {
    return switch (checkpoint.form()) {
      case Hsa form -> new FixedTexts(new int[0], new int[0]);
      case Layers form -> {
        try (TextTokenizer tokenizer = TextTokenizer.open(checkpoint.folder(), form)) {
          yield new FixedTexts(
              tokenizer.prefix(form.prompt().prefix()),
              tokenizer.tokenize(form.prompt().abstention()).ids());
        }
      }
    };
  }
}
